"""Links people across articles; `newsledger.corpus.linking.resolve` is the entry point."""
