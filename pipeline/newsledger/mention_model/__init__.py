"""A small encoder that reads one marked mention (a figure, a person) in its sentence and what stands before.

`window` cuts the text that is read and marks it, `model` runs the encoder, `calibration` turns its answers
into values that may be given. `encoder` is what it shares with the names classifier.
"""
