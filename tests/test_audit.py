"""The audit of what is pinned; without a network it says so and lets the work go on."""

from collections.abc import Iterable

import pytest

from tools import audit
from tools.audit import Package

PACKAGES = [Package("PyPI", "one", "1.0"), Package("npm", "two", "2.0")]


def one_is_weak(packages: Iterable[Package]) -> list[list[str]]:
    return [["GHSA-1"] if package == PACKAGES[0] else [] for package in packages]


def nobody_answers(_packages: Iterable[Package]) -> list[list[str]]:
    raise OSError("no route")


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
