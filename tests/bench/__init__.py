"""Benchmarks: a real server in one process, the load in another, figures as a table.

`python -m tests.bench` (or `make bench`) measures; nothing here asserts. Figures of a
shared machine are to be compared with the baseline of the same run, not with others.
"""
