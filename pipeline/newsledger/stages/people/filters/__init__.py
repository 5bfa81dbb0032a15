"""Filters: spans that the classifier labels as people but are firms, places, storms, animals or works.

`rules` decides on every span of an article by an ordered list of filters; `firms` and `stated` read what the
article says of the names in it.
"""
