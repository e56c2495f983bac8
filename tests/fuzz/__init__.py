"""Fuzzing: everything that reads what strangers wrote, fed with anything at all.

`targets` says what is fed and what must hold then; `python -m tests.fuzz TARGET
--seconds N` looks for inputs that break it, guided by coverage where atheris is
installed. What it found worth keeping lies in `corpus/`, and is fed again by every
`make test`. See `docs/security.md`.
"""
