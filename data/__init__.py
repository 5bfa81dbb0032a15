"""Sample articles written for this project, and their gold tables."""
