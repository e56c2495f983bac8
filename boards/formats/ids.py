"""Ids of another program's elements as ids of ours. Pure."""

import re
from collections.abc import Iterable

from boards.sync.properties import ID_PATTERN

_IS_ID = re.compile(ID_PATTERN)


class Ids:
    """Gives each name an id: itself where it can be one, else a new one."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` are taken: no new id is one of them."""
        self._taken = set(names)
        self._given: dict[str, str] = {}
        self._n = 0

    def of(self, name: str) -> str:
        """The id for that name, the same each time."""
        if _IS_ID.match(name):
            return name
        if name not in self._given:
            self._given[name] = self._new()
        return self._given[name]

    def _new(self) -> str:
        while True:
            self._n += 1
            found = f"import-{self._n}"
            if found not in self._taken:
                return found
