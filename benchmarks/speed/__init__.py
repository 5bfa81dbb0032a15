"""Speed, memory and scaling, measured by ``python -m benchmarks.bench``.

In the order to read: `corpus` has the articles, `measure` the clocks and the memory of processes; `stages`
and `runs` measure; `report` writes the table and the plot.
"""
