"""Filters: which spans that the classifier takes for people are firms, places, storms, animals or works.

``selection`` decides on every span of an article; ``rules`` holds the ordered list of filters, ``evidence``
what they know of a span and its article. The other modules each read one kind of evidence.
"""
