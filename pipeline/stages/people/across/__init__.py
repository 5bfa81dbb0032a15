"""What says that people of two articles are one; `pipeline.stages.people.identity` joins by it."""
