"""What says that people of two articles are one; `newsledger.corpus.linking.resolve` joins by it."""
