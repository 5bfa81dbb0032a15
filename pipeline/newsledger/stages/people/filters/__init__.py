"""Filters: which spans that the classifier takes for people are firms, places, storms, animals or works.

``rules`` decides on every span of an article by an ordered list of filters, ``evidence`` is what they know of
a span and its article. The other modules each read one kind of evidence.
"""
