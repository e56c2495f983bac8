"""Every rule of docs/protocol.md has a test that carries its id in its name.

In Python `test_J3_…`, in JavaScript a title that begins with `J3 `. The list of the
rules is here once; the check fails for a rule without a test, and for an id that is no
rule (a mistyped one would otherwise count for nothing).
"""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
PROTOCOL = HERE.parent / "docs" / "protocol.md"

N_RULES = {"J": 6, "D": 5, "R": 5, "P": 4, "A": 3, "C": 5}
RULES = [f"{letter}{n + 1}" for letter, count in N_RULES.items() for n in range(count)]

_PYTHON_NAME = re.compile(r"^test_([A-Z]\d+)_\w")
_JS_TITLE = re.compile(
    r"""\b(?:test|it|describe)(?:\.\w+)?\(\s*["'`]([A-Z]\d+) \S""", re.MULTILINE
)
_SKIPPED = re.compile(r"\b(?:test|it|describe)\.(?:skip|todo)\(")


def python_rules(source: str) -> set[str]:
    """The rule ids in the names of a Python file's tests."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = (n.name for n in ast.walk(ast.parse(source)) if isinstance(n, functions))
    return {match[1] for name in names if (match := _PYTHON_NAME.match(name))}


def js_rules(source: str) -> set[str]:
    """The rule ids at the beginning of a JavaScript file's test titles."""
    lines = [line for line in source.splitlines() if not _SKIPPED.search(line)]
    return set(_JS_TITLE.findall("\n".join(lines)))


def all_rules(folder: Path) -> set[str]:
    """The rule ids that the tests below a folder carry."""
    return _union(
        [python_rules(path.read_text()) for path in folder.rglob("test_*.py")]
        + [js_rules(path.read_text()) for path in folder.rglob("test_*.js")]
    )


def _union(sets: Iterable[set[str]]) -> set[str]:
    return set().union(*sets)


TESTED = all_rules(HERE)


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_a_test(rule: str) -> None:
    assert rule in TESTED, f"No test carries {rule} in its name"


def test_no_test_carries_an_id_that_is_no_rule() -> None:
    assert TESTED - set(RULES) == set()


def test_protocol_page_lists_every_rule() -> None:
    page = PROTOCOL.read_text()

    missing = [rule for rule in RULES if not re.search(rf"\b{rule}\b", page)]

    assert missing == []


def test_python_names_are_read() -> None:
    source = (
        "def test_J1_seqs_have_no_hole(): ...\n"
        "async def test_R4_slow(): ...\n"
        "def test_about_J2(): ...\n"
        "def test_J3(): ...\n"
    )

    assert python_rules(source) == {"J1", "R4"}


def test_js_titles_are_read() -> None:
    source = (
        'test("C1 shown is confirmed and pending", () => {});\n'
        "it('C2 sends again', () => {});\n"
        'test(\n  "C5 ink never waits", () => {});\n'
        'test.skip("C3 a rejected change vanishes", () => {});\n'
        'test("about C4", () => {});\n'
    )

    assert js_rules(source) == {"C1", "C2", "C5"}
