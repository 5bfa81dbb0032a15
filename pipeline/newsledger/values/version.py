"""The version, in its own module so that reading it imports nothing else."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("newsledger")
except PackageNotFoundError:  # a checkout that was not installed
    __version__ = "0.2.0"
