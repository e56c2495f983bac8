"""The audit of what is pinned; without a network it says so and lets the work go on.

The database is a real HTTP server that answers as the OSV API is documented to.
"""

import json
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from tools import audit
from tools.audit import Package

PACKAGES = [Package("PyPI", "one", "1.0"), Package("npm", "two", "2.0")]


def one_is_weak(packages: Iterable[Package]) -> list[list[str]]:
    return [["GHSA-1"] if package == PACKAGES[0] else [] for package in packages]


def nobody_answers(_packages: Iterable[Package]) -> list[list[str]]:
    raise OSError("no route")


class Database(HTTPServer):
    """Knows two weaknesses of `one` 1.0, the second on a page of its own."""

    endless = False

    def results(self, queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [self._result(query) for query in queries]

    def _result(self, query: dict[str, Any]) -> dict[str, Any]:
        if query["package"] != {"ecosystem": "PyPI", "name": "one"}:
            return {}
        if query["version"] != "1.0":
            return {}
        if query.get("page_token") == "2" and not self.endless:
            return {"vulns": [{"id": "GHSA-2", "modified": "2026-01-02T00:00:00Z"}]}
        first = {"id": "GHSA-1", "modified": "2026-01-01T00:00:00Z"}
        return {"vulns": [first], "next_page_token": "2"}


class Answer(BaseHTTPRequestHandler):
    server: Database

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v1/querybatch":
            self.send_error(404)
            return
        body = json.dumps({"results": self.server.results(asked["queries"])}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told: object) -> None:
        """Nothing: the tests' output is for faults."""


@pytest.fixture
def database() -> Iterator[Database]:
    server = Database(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def address(database: Database, path: str = "/v1/querybatch") -> str:
    return f"http://127.0.0.1:{database.server_port}{path}"


def test_what_is_known_is_asked_for_to_the_last_page(database: Database) -> None:
    safe = Package("PyPI", "one", "1.1")
    found = audit.ask([*PACKAGES, safe], address(database))

    assert found == [["GHSA-1", "GHSA-2"], [], []]


def test_an_answer_without_an_end_is_none(database: Database) -> None:
    database.endless = True

    with pytest.raises(ValueError, match="no end"):
        audit.ask(PACKAGES, address(database))


def test_a_fault_of_the_database_is_no_answer(database: Database) -> None:
    with pytest.raises(OSError, match="404"):
        audit.ask(PACKAGES, address(database, "/elsewhere"))


def test_what_is_pinned_is_read_from_both_lists() -> None:
    found = audit.pinned()
    names = {(package.ecosystem, package.name) for package in found}

    assert {("PyPI", "Django"), ("PyPI", "mypy"), ("npm", "preact")} <= names
    assert all(package.version[0].isdigit() for package in found)


def test_a_weakness_is_named_unless_it_is_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = audit.weaknesses(PACKAGES, one_is_weak)
    monkeypatch.setattr(audit, "ACCEPTED", {"GHSA-1": "not reached here"})

    assert named == ["one 1.0 (PyPI): GHSA-1"]
    assert audit.weaknesses(PACKAGES, one_is_weak) == []


def test_without_an_answer_it_says_so_and_does_not_fail(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert audit.audit(nobody_answers) is None
    assert "Not audited" in capsys.readouterr().out
