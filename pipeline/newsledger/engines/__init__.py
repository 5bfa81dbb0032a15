"""Batch runs over many files in several processes, which survive a crash at any point.

In the order to read: `batch.run` is what ``newsledger extract`` calls; `folder` knows the output folder;
`shards` cuts the input into pieces of work; `worker.run_shard` does one piece in one process; `loop` keeps
the `executors` busy; `merge` makes the final tables of the finished pieces.
"""
