"""Known weaknesses in the packages that are pinned, Python's and npm's, by osv.dev.

One question for all of them, once a day. Where the database cannot be reached nothing
is known: the part says so and does not fail, because a machine without a network still
builds. What it names fails the check until the package is raised, or the weakness has a
line in `ACCEPTED` that says why it does not matter here.
"""

import json
import re
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tools.places import ROOT
from tools.shell import say
from tools.stamps import fingerprint, unless_done

DATABASE = "https://api.osv.dev/v1/querybatch"
WITHIN_S = 20
PAGES = 20
LISTS = ("requirements.txt", "requirements-dev.txt")
LOCK = "package-lock.json"
ACCEPTED: Mapping[str, str] = {}  # by id of the weakness

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;#]+)", re.MULTILINE)


class Package(NamedTuple):
    """A package in its exact version."""

    ecosystem: str
    name: str
    version: str


Ask = Callable[[Iterable[Package]], list[list[str]]]


def pinned(root: Path = ROOT) -> list[Package]:
    """Everything that is installed, for checks and tests, too."""
    found = [
        Package("PyPI", name, version)
        for one in LISTS
        for name, version in _PINNED.findall((root / one).read_text())
    ]
    lock = json.loads((root / LOCK).read_text())
    for place, about in lock["packages"].items():
        name = place.rpartition("node_modules/")[2]
        if name and "version" in about:
            found.append(Package("npm", about.get("name", name), about["version"]))
    return sorted(set(found))


def ask(packages: Iterable[Package], database: str = DATABASE) -> list[list[str]]:
    """The ids of the weaknesses of each, by `POST /v1/querybatch` of the OSV API.

    An answer may end before it is whole, even with nothing in it; then it names the
    page to go on with.

    Raises:
        OSError: the database cannot be reached.
        ValueError: what came back is no answer, or has no end.
    """
    queries: list[dict[str, Any]] = [
        {"package": {"ecosystem": p.ecosystem, "name": p.name}, "version": p.version}
        for p in packages
    ]
    found: list[list[str]] = [[] for _ in queries]
    left = list(range(len(queries)))
    for _ in range(PAGES):
        results = _results([queries[place] for place in left], database)
        for place, result in zip(left, results, strict=True):
            found[place] += [one["id"] for one in result.get("vulns", ())]
            queries[place]["page_token"] = result.get("next_page_token")
        left = [place for place in left if queries[place]["page_token"]]
        if not left:
            return found
    raise ValueError(f"no end after {PAGES} pages")


def _results(queries: list[dict[str, Any]], database: str) -> list[dict[str, Any]]:
    request = urllib.request.Request(  # noqa: S310
        database,
        json.dumps({"queries": queries}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=WITHIN_S) as reply:  # noqa: S310
        results: list[dict[str, Any]] = json.load(reply)["results"]
    return results


def weaknesses(packages: list[Package], asked: Ask) -> list[str]:
    """A line for each that is not accepted; raises what `asked` raises."""
    return [
        f"{package.name} {package.version} ({package.ecosystem}): {id_}"
        for package, ids in zip(packages, asked(packages), strict=True)
        for id_ in ids
        if id_ not in ACCEPTED
    ]


def audit(asked: Ask = ask) -> bool | None:
    """Say what is known; whether nothing is, None where nothing could be asked."""
    packages = pinned()
    try:
        lines = weaknesses(packages, asked)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        say(f"Not audited: the database of weaknesses cannot be asked ({fault}).")
        return None
    for line in lines:
        say(line)
    say(f"Audited: {len(packages)} packages, {len(lines)} known weaknesses.")
    return not lines


def audit_daily() -> bool:
    """`audit`, unless it went well today with the same packages; fails on findings."""
    today = datetime.now(UTC).date().isoformat()
    mark = fingerprint([ROOT / one for one in (*LISTS, LOCK)], today)
    found: bool | None = True

    def step() -> None:
        nonlocal found
        found = audit()
        if not found:
            raise NotWell

    with suppress(NotWell):
        unless_done("audit", mark, step)
    return found is not False


class NotWell(Exception):
    """Something is known, or nothing could be asked: today's audit is still to do."""
