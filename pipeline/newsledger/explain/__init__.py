"""The reasons for a row: ``tables.explain(figure_id)`` and ``newsledger explain``.

The article is extracted again while the stages note their decisions (`newsledger.values.trace`), so that an
explanation says what was done, not what is thought to have been done. Where the settings of the run are not
all known, or this version reads the article differently, the explanation says so.
"""
