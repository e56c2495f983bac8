"""Files of drawing programs, read: bytes to elements and ops. Pure.

Nothing here knows a board, a database or a clock. `files` is the way in; `imports`, one
floor up, puts what it reads onto a new board.
"""
