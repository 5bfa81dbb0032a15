"""The stages: each finds and resolves one kind of mention and is usable alone.

No stage imports another; what one can use of another's spans it takes as an argument. The one exception
is stated where it stands: people are made of name spans, so ``people.find`` asks ``names`` for them when
none are given.
"""
