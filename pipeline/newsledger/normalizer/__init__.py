"""Mentions in, tidy tables out: schema, rows, identity, writers, and the files that describe them."""
