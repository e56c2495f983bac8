"""Tests of the REST API against the real engine on a real database."""
