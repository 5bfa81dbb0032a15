"""The layout of an article's text: zones, sentences, language and publication date."""
