"""The version, in a module of its own so that nothing else need be imported to read it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("newsledger")
except PackageNotFoundError:  # a checkout that was not installed
    __version__ = "0.2.0"
