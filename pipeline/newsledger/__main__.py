"""``python -m newsledger`` is the command ``newsledger``."""

from newsledger.cli.main import main

if __name__ == "__main__":
    main()
