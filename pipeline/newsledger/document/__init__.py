"""An article's text laid out: zones, sentences, language and publication date."""
