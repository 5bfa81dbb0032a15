"""Frozen value types that stages and tables exchange; imports nothing else from the package."""
