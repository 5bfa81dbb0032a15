"""Coreference in one article: joins short names to full ones, or leaves them open.

`article` does it, `full_names` first and `single_names` then; `candidates` says who may be meant,
`compatibility` what speaks against it, `disambiguation` who of several it is; `entities` holds mentions,
links and people.
"""
