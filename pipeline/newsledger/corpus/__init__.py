"""What only the whole run can tell: which people of different articles are one person."""
