"""Backups: boards written into one file and put back, into this database or another.

`archive` is the file, `columns` a board's row in it, `saving` and `restoring` the two
ways between it and the database. Called by `manage.py backup` and `restore` alone.
"""
