"""Runs the command ``newsledger`` as ``python -m newsledger``."""

from newsledger.cli.main import main

if __name__ == "__main__":
    main()
