"""Who is who in one article: joins short names to full ones, or leaves them open.

`article` does it; `choice`, `allowed` and `kinship` hold what speaks for and against; `clusters` and
`persons` hold what is known so far.
"""
