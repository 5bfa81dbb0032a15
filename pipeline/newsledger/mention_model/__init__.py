"""A small encoder that reads one marked mention (a figure, a person) in its sentence and what stands before.

`window` cuts the text that is read and marks it, `model` runs the encoder and says how sure an answer is,
alone or with that of a rule. `encoder` is what it shares with the names classifier.
"""
