"""Turns mentions into tidy tables: schema, rows, ids, writers, and the files that describe them."""
