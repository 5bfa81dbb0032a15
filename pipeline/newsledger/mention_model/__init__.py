"""A small encoder that classifies a marked mention (a figure) from its sentence and the text before it.

`window` cuts the text that is read and marks it, `model` runs the encoder and says how sure an answer is,
alone or with that of a rule. `encoder` is what it shares with the names classifier.
"""
