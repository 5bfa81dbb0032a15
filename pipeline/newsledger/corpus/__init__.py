"""What needs the whole run: linking people, finding copies, corrections and conversion."""
