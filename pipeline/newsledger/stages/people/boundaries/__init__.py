"""Name boundaries: from the classifier's spans to whole names, and mentions that it missed.

`spans` corrects the classifier's spans; `titled_names` and `repeats` find names that the classifier missed or
called something else. `name_parts` takes a name apart, `name_keys` are those under which names compare.
Nothing here decides which mentions are one person.
"""
