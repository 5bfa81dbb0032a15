"""The command line: each command is a thin call of the library. Only this package prints."""
