"""From annotated text to the shipped token classifier: ``python -m models.recipe.train --help``."""
