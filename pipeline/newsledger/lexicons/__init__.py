"""Word lists that more than one stage uses, as tables beside this file, and the loader for all word lists."""
