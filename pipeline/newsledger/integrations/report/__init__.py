"""The HTML report of a run: a single page that needs no server, network or other file.

`page.write_report` makes it of `Tables`; ``newsledger report`` calls that. The page is ``page.html`` with
``page.css``, the parts of ``script/`` and the data of the run put in.

A further section takes a ``<section>`` in ``page.html``, its data as one more entry of `data.report_data`,
and one more part of ``script/``, named in `page.SCRIPT`, that pushes its drawing function onto ``sections``:
it is called with the figures shown and their articles whenever a filter changes. ``script/ledger.js`` is one.
"""
