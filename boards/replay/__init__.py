"""Drawing recorded strokes into a live board, as different people, over sockets.

A client of the wire like any other: it knows `protocol` and `elements`, never the
engine, the journal or a database. `manage.py replay` is its caller.
"""
