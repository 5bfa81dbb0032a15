"""What a notebook shows: an article with its mentions coloured, the tables beneath, and plots of them.

`view.tables_html` is behind ``Tables._repr_html_``, `plots.Plots` behind ``Tables.plot``, `joins` behind
``Tables.sentence_context`` and ``Tables.same_sentence``.
"""
