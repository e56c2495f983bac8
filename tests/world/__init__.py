"""The seeded world: see `tests.support.world`."""
