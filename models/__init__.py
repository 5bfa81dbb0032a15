"""The shipped model and the recipe it was made by; no part of the installed package."""
