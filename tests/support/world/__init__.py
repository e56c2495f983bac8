"""A whole small world, run by one seed: processes, clients, a bus, a database, a clock.

Every engine here is the real one; journal, bus and clock are fakes that do what the
script says: answers come late or never, publications are dropped, doubled and
reordered, processes crash. The script is made from the seed beforehand, so that it can
be shrunk when something breaks. At the end everything heals and all copies must be
equal. `python -m tests.world` runs many seeds.
"""
