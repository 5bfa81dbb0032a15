"""Frozen value types that travel between the stages and the tables; imports nothing else of the package."""
