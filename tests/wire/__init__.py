"""The wire as a stranger meets it: real sockets to a real Daphne."""
