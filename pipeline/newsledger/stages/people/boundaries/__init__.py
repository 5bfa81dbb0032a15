"""Where names stand: from the classifier's spans to whole names, repeats, bylines and credits.

`spans` mends what is cut or joined wrongly, `parts` takes a name apart, `repeats` and `titled` find what was
missed. Nothing here knows who is who.
"""
