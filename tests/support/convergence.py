"""Is everybody's document the same? All the ways to get one, as canonical JSON.

REST elements, the fold of the journal, a snapshot and its tail: each is read over HTTP
from a running server, and compared with what sockets and pages hold.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
from msgspec import Raw

from boards.sync import protocol
from boards.sync.document import Document, Folded
from boards.sync.protocol import Change
from tests.support import plain_http

PAGE_ENTRIES = 1_000
HTTP_WITHIN_S = 30.0  # a fold of ten thousand strokes on a loaded machine


class _Page(msgspec.Struct):
    entries: list[Raw]
    head: int


class _Document(msgspec.Struct):
    seq: int
    elements: list[dict[str, Any]]


def canonical(document: Folded | Mapping[str, Any]) -> str:
    """One text for one document: keys sorted, numbers by value, paint order."""
    if isinstance(document, Folded):
        document = {"seq": document.seq, "elements": document.elements}
    elements = sorted(document["elements"], key=lambda e: (e.get("z") or "", e["id"]))
    whole = _by_value({"seq": document["seq"], "elements": elements})
    return json.dumps(whole, sort_keys=True, separators=(",", ":"))


def _by_value(value: Any) -> Any:
    """The same with 1.0 as 1, as JavaScript has it."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {key: _by_value(item) for key, item in value.items()}
        case list():
            return [_by_value(item) for item in value]
        case _:
            return value


@dataclass(frozen=True, slots=True)
class RestBoard:
    """A board as REST shows it.

    Args:
        url: of the server.
        id: of the board.
        key: the owner key.
    """

    url: str
    id: str
    key: str = ""

    @classmethod
    def create(cls, url: str, **fields: str) -> "RestBoard":
        """Make a board on this server."""
        answer = plain_http.post(
            f"{url}/api/boards/", json=fields, timeout=HTTP_WITHIN_S
        )
        answer.raise_for_status()
        made = answer.json()
        return cls(url, made["id"], made["owner_key"])

    @property
    def address(self) -> str:
        """Of the board in the API."""
        return f"{self.url}/api/boards/{self.id}"

    def get(self, path: str, **params: int) -> httpx.Response:
        """GET below the board's address, with the key; fails on a refusal."""
        answer = plain_http.get(
            f"{self.address}/{path}",
            params=params,
            headers=self.headers,
            timeout=HTTP_WITHIN_S,
        )
        answer.raise_for_status()
        return answer

    def post_change(self, change: Change) -> httpx.Response:
        """Submit a change by REST; the answer, whatever it is."""
        return plain_http.post(
            f"{self.address}/changes/",
            content=protocol.encode(change),
            headers={**self.headers, "Content-Type": "application/json"},
            timeout=HTTP_WITHIN_S,
        )

    def share(self, role: str) -> None:
        """Set what whoever has the link may do."""
        plain_http.patch(
            f"{self.address}/", json={"link_role": role}, headers=self.headers
        ).raise_for_status()

    def rename(self, title: str) -> None:
        """Give the board another title."""
        plain_http.patch(
            f"{self.address}/", json={"title": title}, headers=self.headers
        ).raise_for_status()

    def delete(self) -> None:
        """Put the board into the trash."""
        plain_http.delete(f"{self.address}/", headers=self.headers).raise_for_status()

    @property
    def headers(self) -> dict[str, str]:
        """What shows the key."""
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def journal(self, after: int = 0) -> list[str]:
        """All stored entries after a seq, as text."""
        texts: list[str] = []
        while True:
            page = msgspec.json.decode(
                self.get("entries/", after=after, limit=PAGE_ENTRIES).content,
                type=_Page,
            )
            texts += [bytes(raw).decode() for raw in page.entries]
            if not page.entries:
                return texts
            after = protocol.decode_entry(texts[-1]).seq

    def drawn_ids(self) -> list[str]:
        """The ids of the elements that were put, in the order of the journal."""
        entries = [msgspec.json.decode(text) for text in self.journal()]
        ops = [op for entry in entries for op in entry["ops"]]
        return [op["element"]["id"] for op in ops if op["op"] == "put"]

    def elements(self) -> Folded:
        """The document as REST gives it."""
        return _folded(self.get("elements/").content)

    def fold_of_journal(self) -> Folded:
        """The fold of every entry from the first."""
        return _fold(Document(), self.journal())

    def snapshot_and_tail(self) -> Folded:
        """The newest snapshot and what follows it."""
        snapshot = Document.from_snapshot(self.get("snapshot/").content)
        return _fold(snapshot, self.journal(snapshot.seq))

    def documents(self) -> dict[str, str]:
        """The canonical document by every way there is."""
        return {
            "elements": canonical(self.elements()),
            "fold of the journal": canonical(self.fold_of_journal()),
            "snapshot and tail": canonical(self.snapshot_and_tail()),
        }


def assert_equal(documents: Mapping[str, str]) -> None:
    """Fail with the first difference when the documents are not all the same."""
    names = list(documents)
    for name in names[1:]:
        one, other = documents[names[0]], documents[name]
        if one != other:
            at = next(
                (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
                min(len(one), len(other)),
            )
            raise AssertionError(
                f"{names[0]} ({len(one)} characters) and {name} ({len(other)}) differ"
                f" at {at}: …{one[at - 60 : at + 60]}… and …{other[at - 60 : at + 60]}…"
            )


def _fold(document: Document, texts: list[str]) -> Folded:
    for text in texts:
        document.apply(text)
    return document.folded()


def _folded(body: bytes) -> Folded:
    stored = msgspec.json.decode(body, type=_Document)
    return Folded(stored.seq, stored.elements)
