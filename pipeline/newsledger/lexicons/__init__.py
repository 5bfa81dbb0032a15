"""Word lists that several stages use, as tables beside this file, and the loader for all word lists."""
