"""What the Makefile calls: set up, run, check and test this project.

The standard library alone, because it runs before anything is installed, with whatever
Python 3.11 or newer the machine has. `python3 -m tools` lists the commands.
"""
