"""Notebook views: an article with coloured mentions, its tables, and plots of them.

`view.tables_html` is behind ``Tables._repr_html_``, `plots.Plots` behind ``Tables.plot``, `joins` behind
``Tables.sentence_context`` and ``Tables.same_sentence``.
"""
