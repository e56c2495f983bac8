"""Reading the imports of source files, and judging them by a table.

A table is a list of rows: a pattern of modules, and the patterns of what they may
import. The first row that fits a module decides. Only what is imported at run time
counts: a name needed for a type alone (`TYPE_CHECKING`, `@import`) ties nothing.
"""

import ast
import posixpath
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

_JS_IMPORT = re.compile(
    r"""^\s*(?:import|export)\b(?:[^"';]*?\bfrom)?\s*["']([^"']+)["']""", re.MULTILINE
)
_JS_DYNAMIC = re.compile(r"""(?<!\{)\bimport\(\s*["']([^"']+)["']\s*\)""")
_JS_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """Which modules, and what they may import (patterns of dotted names or paths)."""

    modules: str
    may_import: tuple[str, ...]


def python_imports(source: str, known: Collection[str]) -> set[str]:
    """The dotted names that a Python source imports at run time.

    `from package import name` gives `package.name` when that is a module in `known`,
    else `package`.
    """
    found: set[str] = set()
    for node in _run_time_nodes(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found.update(alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                inner = {f"{module}.{alias.name}" for alias in names}
                modules = inner & set(known)
                found |= modules
                if modules != inner:
                    found.add(module)
            case ast.ImportFrom():
                found.add("(relative)")
            case _:
                pass
    return found


def js_imports(source: str, path: str) -> set[str]:
    """What a JavaScript source imports: paths below `frontend/src`, package names."""
    code = _JS_COMMENT.sub("", source)
    names = [*_JS_IMPORT.findall(code), *_JS_DYNAMIC.findall(code)]
    return {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        if name.startswith(".")
        else name
        for name in names
    }


def faults(
    module: str,
    imported: Iterable[str],
    *,
    table: Sequence[Row],
    watched: Sequence[str],
) -> list[str]:
    """What the table says against these imports; empty when all is well.

    `watched` are the patterns of names that the table is about; others are free.
    """
    row = next((row for row in table if fnmatchcase(module, row.modules)), None)
    if row is None:
        return [f"{module} has no row in the import table"]
    return [
        f"{module} imports {name}"
        for name in sorted(imported)
        if _fits(name, watched) and not _fits(name, row.may_import)
    ]


def python_sources(root: Path, folders: Sequence[str]) -> dict[str, str]:
    """The sources of every module below these folders, by dotted name."""
    sources = {}
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__init__")
            sources[name] = path.read_text()
    return sources


def js_sources(folder: Path) -> dict[str, str]:
    """The sources of every script below `folder`, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".js", ".jsx")
    }


def js_words(source: str, words: Iterable[str]) -> set[str]:
    """Which of these free names a script uses (not as a property, not in comments)."""
    code = _JS_COMMENT.sub("", source)
    return {
        word
        for word in words
        if re.search(rf"(?<![\w.$]){re.escape(word)}(?![\w$])", code)
    }


def _run_time_nodes(tree: ast.AST) -> Iterable[ast.AST]:
    """Every node but those below `if TYPE_CHECKING:`."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and _is_type_checking(child.test):
            for other in child.orelse:
                yield other
                yield from _run_time_nodes(other)
            continue
        yield child
        yield from _run_time_nodes(child)


def _is_type_checking(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"


def _fits(name: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern fits the name or a package that it is in."""
    parts = re.split(r"[./]", name) if "/" not in name else [name]
    prefixes = {".".join(parts[: n + 1]) for n in range(len(parts))} | {name}
    return any(
        fnmatchcase(prefix, pattern) for prefix in prefixes for pattern in patterns
    )
