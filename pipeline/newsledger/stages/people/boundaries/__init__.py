"""Where names begin and end: from the classifier's spans to whole names, and the mentions it missed.

`spans` corrects the classifier's spans: `trimming` cuts off what is no name, `joining` puts the halves of a
name together, `extension` takes in what was left out. `titled_names`, `mislabelled` and `repeats` find names
that the classifier missed or called something else. `name_parts` takes a name apart (`family_names`,
`nicknames`, and `name_keys` under which names compare). Nothing here decides which mentions are one person.
"""
