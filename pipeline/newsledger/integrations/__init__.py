"""Where the tables meet other tools: spaCy components, notebook views and plots, the HTML report."""
