"""A run as one HTML page that needs nothing else: no server, no network, no other file.

`page.write_report` makes it of `Tables`; ``newsledger report`` calls that. The page is ``page.html`` with
``page.css``, ``page.js`` and the data of the run put in.
"""
