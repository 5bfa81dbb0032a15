"""Integrations: spaCy components, notebook views and plots, and the HTML report."""
