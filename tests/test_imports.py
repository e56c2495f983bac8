"""The import table: which module may know which, for both languages.

`docs/architecture.md` says why. A new module that fits no row fails here until it has a
place; a new import that crosses a border fails until the border is argued and moved.
"""

from pathlib import Path

import pytest

from tests.support.imports import (
    Row,
    faults,
    js_imports,
    js_sources,
    js_words,
    python_imports,
    python_sources,
)

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "frontend" / "src"

# --- Python ---------------------------------------------------------------------------

# Pure words, bounds and codecs: everybody may import them.
WORDS = tuple(
    f"boards.sync.{name}"
    for name in (
        "refusals",
        "properties",
        "elements",
        "protocol",
        "ordering",
        "budget",
        "colors",
        "framing",
        "live",
        "pace",
        "weight",
        "touches",
        "counts",
    )
)
CLOCKS = ("asyncio", "time", "datetime", "random")
DJANGO = ("django",)
REST = (*DJANGO, "rest_framework", "drf_spectacular")
# What boards shows to its adapters; the engine is reached by `boards.current` alone.
DOORS = (
    "boards.access",
    "boards.addresses",
    "boards.assets.shelf",
    "boards.audit",
    "boards.bans",
    "boards.catalog",
    "boards.copies",
    "boards.creator",
    "boards.credentials",
    "boards.current",
    "boards.imports",
    "boards.integrity",
    "boards.models",
    "boards.moderation",
    "boards.outgoing",
    "boards.throttle",
)

PYTHON_TABLE = [
    Row("boards.sync", ()),
    *(Row(word, WORDS) for word in WORDS),
    Row("boards.sync.document", WORDS),
    Row("boards.sync.reversal", (*WORDS, "boards.sync.document")),
    Row("boards.sync.drafts", WORDS),
    Row("boards.sync.presence", (*WORDS, "boards.sync.drafts")),
    Row("boards.sync.session", WORDS),
    Row("boards.sync.frames", (*WORDS, "boards.sync.presence")),
    Row(
        "boards.sync.introductions",
        (*WORDS, "boards.sync.frames", "boards.sync.presence"),
    ),
    Row(
        "boards.sync.room",
        (
            *WORDS,
            "boards.sync.frames",
            "boards.sync.introductions",
            "boards.sync.presence",
            "boards.sync.session",
            "boards.sync.turns",
        ),
    ),
    Row("boards.sync.turns", (*WORDS, "boards.sync.session")),
    Row("boards.sync.figures", (*WORDS, "boards.sync.room")),
    Row("boards.sync.engine_settings", (*WORDS, "boards.sync.rooms")),
    Row(
        "boards.sync.timings",
        (*WORDS, "boards.sync.clock", "boards.sync.store"),
    ),
    Row("boards.sync.clock", CLOCKS),
    Row("boards.sync.store", (*WORDS, *DJANGO, "boards.models")),
    Row(
        "boards.sync.commits", (*WORDS, *DJANGO, "boards.sync.store", "psycopg", "time")
    ),
    Row("boards.sync.shared_reads", (*WORDS, "asyncio")),
    Row("boards.sync.commit_queue", (*WORDS, "asyncio", "boards.sync.store")),
    Row(
        "boards.sync.folding",
        ("boards.sync.document",),
    ),
    Row(
        "boards.sync.snapshots",
        (
            *(*WORDS, *DJANGO, "boards.sync.store"),
            *("boards.sync.document", "boards.sync.folding"),
            "boards.sync.reversal",
        ),
    ),
    Row(
        "boards.sync.journal",
        (
            *WORDS,
            *DJANGO,
            "asyncio",
            "boards.models",
            "boards.sync.clock",
            "boards.sync.commit_queue",
            "boards.sync.commits",
            "boards.sync.document",
            "boards.sync.reversal",
            "boards.sync.shared_reads",
            "boards.sync.snapshots",
            "boards.sync.store",
            "boards.sync.threads",
            "boards.sync.timings",
        ),
    ),
    Row("boards.sync.threads", (*WORDS, *DJANGO, "boards.sync.commits")),
    Row(
        "boards.sync.bus",
        (
            *WORDS,
            "asyncio",
            "boards.sync.clock",
            "boards.sync.presence",
            "channels.layers",
        ),
    ),
    Row(
        "boards.sync.pacer",
        (*WORDS, "asyncio", "boards.sync.clock", "boards.sync.room"),
    ),
    Row(
        "boards.sync.rooms",
        (
            *WORDS,
            "asyncio",
            "boards.sync.bus",
            "boards.sync.clock",
            "boards.sync.journal",
            "boards.sync.presence",
            "boards.sync.room",
            "boards.sync.session",
            "boards.sync.store",
        ),
    ),
    Row(
        "boards.sync.rights",
        (
            *WORDS,
            "asyncio",
            "boards.access",
            "boards.sync.clock",
            "boards.sync.room",
            "boards.sync.rooms",
            "boards.sync.session",
        ),
    ),
    Row(
        "boards.sync.folds",
        (
            *WORDS,
            "asyncio",
            *(f"boards.sync.{n}" for n in ("clock", "journal", "store")),
        ),
    ),
    Row(
        "boards.sync.beginnings",
        (
            *WORDS,
            "asyncio",
            *(f"boards.sync.{n}" for n in ("folds", "journal", "room", "rooms")),
        ),
    ),
    Row("boards.sync.rows", (*DJANGO, "boards.models", "datetime")),
    Row(
        "boards.sync.integrity",
        (
            *(*WORDS, *DJANGO),
            *(f"boards.sync.{n}" for n in ("document", "rows", "snapshots")),
        ),
    ),
    Row("boards.sync.engine", ("boards.sync", "boards.access", "asyncio")),
    Row("boards.models", DJANGO),
    Row("boards.addresses", DJANGO),
    Row("boards.client_ids", (*DJANGO, "base64")),
    Row("boards.outgoing", (*WORDS, "time")),
    Row("boards.bans", (*DJANGO, "boards.models", "datetime")),
    Row("boards.access", (*WORDS, *DJANGO, "boards.bans", "boards.models")),
    Row(
        "boards.audit",
        (*DJANGO, "boards.access", "boards.bans", "boards.models", *CLOCKS),
    ),
    Row(
        "boards.moderation",
        (
            *(*WORDS, *DJANGO, *DOORS, *CLOCKS),
            *("boards.formats.ops", "boards.sync.reversal"),
        ),
    ),
    # Cleaning is pure: it may run in a process that has no Django, socket or clock.
    Row("boards.assets", ()),
    Row("boards.assets.bounds", ()),
    Row("boards.assets.animation", (*WORDS, "boards.assets.bounds")),
    Row("boards.assets.svg", (*WORDS, "boards.assets.bounds")),
    Row(
        "boards.assets.cleaning",
        (
            *WORDS,
            "boards.assets.animation",
            "boards.assets.bounds",
            "boards.assets.svg",
        ),
    ),
    Row(
        "boards.assets.worker",
        (*WORDS, "boards.assets.bounds", "boards.assets.cleaning"),
    ),
    Row(
        "boards.assets.workshop",
        (*WORDS, "boards.assets.bounds", "boards.assets.worker"),
    ),
    Row("boards.assets.storage", (*WORDS, *DJANGO, "boards.assets.bounds")),
    Row(
        "boards.assets.shelf",
        (
            *WORDS,
            *DJANGO,
            "boards.access",
            "boards.assets.bounds",
            "boards.assets.storage",
            "boards.assets.workshop",
            "boards.models",
        ),
    ),
    # What commands alone do to rows goes past the engine: it needs no room.
    Row(
        "boards.integrity",
        (
            *(*WORDS, *DJANGO, "boards.assets.storage", "boards.models"),
            *(f"boards.sync.{n}" for n in ("integrity", "rows")),
        ),
    ),
    Row("boards.backups", ()),
    Row("boards.backups.archive", ("boards.access",)),
    Row(
        "boards.backups.*",
        (
            *(*WORDS, *DJANGO, "boards.assets", "boards.backups", "boards.integrity"),
            *("boards.models", "boards.sync.rows", "datetime"),
        ),
    ),
    Row("boards.creator", DJANGO),
    Row(
        "boards.credentials",
        (*DJANGO, "boards.access", "boards.addresses", "boards.creator"),
    ),
    Row(
        "boards.throttle",
        (*WORDS, *DJANGO, "boards.addresses", "rest_framework", "time"),
    ),
    Row("boards.quotas", (*WORDS, *DJANGO, "boards.access")),
    Row("boards.catalog", (*WORDS, *DJANGO, *DOORS, *CLOCKS)),
    Row("boards.formats*", (*WORDS, "boards.formats")),
    Row(
        "boards.copies",
        (*WORDS, *DJANGO, *DOORS, "boards.formats.ops", "boards.sync.document"),
    ),
    Row("boards.imports", (*WORDS, *DJANGO, *DOORS, "boards.formats")),
    Row(
        "boards.current",
        (
            *DJANGO,
            "asyncio",
            "boards.access",
            "boards.grants",
            "boards.sync",
            "channels.layers",
        ),
    ),
    Row("boards.grants", (*WORDS, "asyncio", "boards.access", "channels.db")),
    Row(
        "boards.consumers",
        (
            *WORDS,
            *DJANGO,
            "asyncio",
            "time",
            "autobahn.exception",
            "boards.access",
            "boards.audit",
            "boards.client_ids",
            "boards.current",
            "boards.grants",
            "boards.quotas",
            "boards.sync.session",
            "channels.consumer",
            "channels.db",
            "channels.exceptions",
        ),
    ),
    Row("boards.routing", (*DJANGO, "boards.consumers")),
    Row("boards.built", DJANGO),
    Row("boards.words", DJANGO),
    Row("boards.views", (*WORDS, *DJANGO, *DOORS, "boards.built", "boards.words")),
    Row("boards.admin", (*WORDS, *DJANGO, *DOORS)),
    Row(
        "boards.check*",
        (
            *(*WORDS, *DJANGO),
            "asyncio",
            "boards.check",
            "boards.quotas",
            "channels.consumer",
            "channels.exceptions",
        ),
    ),
    Row("boards.management.acting", (*WORDS, *DJANGO, *DOORS, "datetime")),
    *(
        Row(
            f"boards.management.commands.{name}",
            (*WORDS, *DJANGO, *DOORS, "boards.management.acting", "datetime"),
        )
        for name in ("ban", "freeze", "new_key", "undo_by")
    ),
    # A client of the wire: it knows the words and no more of the server.
    Row("boards.replay*", (*WORDS, *CLOCKS, "boards.replay", "websockets")),
    Row(
        "boards.management.commands.replay",
        (*DJANGO, "asyncio", "boards.replay", "rich"),
    ),
    Row(
        "boards.management.commands.*",
        (
            *WORDS,
            *DJANGO,
            *DOORS,
            "board_server.databases",
            "boards.backups",
            "boards.management.acting",
            "datetime",
        ),
    ),
    Row("boards.management*", ()),
    Row("boards.migrations*", (*DJANGO, "boards.models")),
    Row("boards.templatetags*", (*DJANGO, "boards.built")),
    Row("boards", ()),
    # Read while the settings are read, so before Django is there.
    Row("api.conf", ()),
    Row("api*", (*WORDS, *REST, *DOORS, "api", "boards.views", "datetime")),
    Row("board_server.env", ("board_server.buckets",)),
    Row("board_server.buckets", ()),
    Row(
        "board_server*",
        (
            *DJANGO,
            "api.conf",
            "asyncio",
            "board_server",
            "boards.addresses",
            "boards.check",
            "boards.creator",
            "boards.current",
            "boards.outgoing",
            "boards.routing",
            "boards.sync.counts",
            "boards.sync.figures",
            "boards.sync.framing",
            "boards.sync.refusals",
            "boards.throttle",
            "boards.views",
            "autobahn.exception",
            "autobahn.websocket",
            "websockets.frames",
            "channels.auth",
            "channels.routing",
            "channels_redis.pubsub",
            "daphne",
            "prometheus_client",
            "redis",
            "time",
            "twisted",
        ),
    ),
]
PYTHON_WATCHED = [
    "api",
    "board_server",
    "boards",
    "(relative)",
    "asyncio",
    "datetime",
    "random",
    "time",
    "autobahn",
    "channels",
    "channels_redis",
    "daphne",
    "django",
    "drf_spectacular",
    "prometheus_client",
    "psycopg",
    "psycopg_pool",
    "redis",
    "rest_framework",
    "rich",
    "sqlite3",
    "twisted",
    "websockets",
]

PYTHON_SOURCES = python_sources(ROOT, ["api", "board_server", "boards"])


def python_faults(module: str, source: str) -> list[str]:
    imported = python_imports(source, PYTHON_SOURCES.keys())
    return faults(module, imported, table=PYTHON_TABLE, watched=PYTHON_WATCHED)


@pytest.mark.parametrize("module", PYTHON_SOURCES)
def test_python_module_keeps_to_the_table(module: str) -> None:
    assert python_faults(module, PYTHON_SOURCES[module]) == []


@pytest.mark.parametrize(
    ("module", "source", "fault"),
    [
        (
            "boards.sync.room",
            "from boards.sync.engine import Engine",
            "boards.sync.room imports boards.sync.engine",
        ),
        (
            "boards.consumers",
            "from boards.sync import journal",
            "boards.consumers imports boards.sync.journal",
        ),
        (
            "boards.consumers",
            "def later():\n    import boards.sync.journal",
            "boards.consumers imports boards.sync.journal",
        ),
        (
            "api.journal",
            "from boards.sync.journal import SqlJournal",
            "api.journal imports boards.sync.journal",
        ),
        (
            "boards.catalog",
            "from api.errors import render",
            "boards.catalog imports api.errors",
        ),
        (
            "boards.sync.presence",
            "import time",
            "boards.sync.presence imports time",
        ),
        (
            "boards.sync.document",
            "from django.db import models",
            "boards.sync.document imports django.db",
        ),
        (
            "boards.catalog",
            "from channels.layers import get_channel_layer",
            "boards.catalog imports channels.layers",
        ),
        (
            "boards.sync.room",
            "from . import engine",
            "boards.sync.room imports (relative)",
        ),
        (
            "boards.novelty",
            "",
            "boards.novelty has no row in the import table",
        ),
    ],
)
def test_python_table_refuses(module: str, source: str, fault: str) -> None:
    assert python_faults(module, source) == [fault]


def test_python_import_for_types_alone_is_free() -> None:
    source = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n"
        "    from boards.sync.engine import Engine\n"
    )

    assert python_faults("boards.sync.room", source) == []


# --- JavaScript -----------------------------------------------------------------------

JS_TABLE = [
    Row("protocol.js", ()),
    Row("model/*", ("protocol.js", "model/*")),
    Row("net/*", ("protocol.js", "model/*", "net/*")),
    Row("draw/*", ("protocol.js", "draw/*")),
    Row("tools/*", ("protocol.js", "model/*", "draw/*", "tools/*")),
    Row("words/*", ("words/*",)),
    Row("ui/*", ("protocol.js", "model/*", "draw/*", "tools/*", "ui/*", "words/*")),
    Row(
        "main.js",
        ("protocol.js", "model/*", "net/*", "draw/*", "tools/*", "ui/*", "words/*"),
    ),
    # It paints boards; loaded when the first card needs a picture.
    Row(
        "home/thumbnail.js",
        (
            "draw/*",
            "model/whole.js",
            "ui/export/picture.js",
            "ui/images/pictures.js",
            "ui/measure.js",
        ),
    ),
    Row(
        "home/*",
        ("home/*", "model/match.js", "ui/icon.jsx", "ui/menu.jsx", "words/*"),
    ),
    Row(
        "home.js",
        (
            "home/*",
            "net/allowed.js",
            "net/prefs.js",
            "net/worker.js",
            "ui/menu.jsx",
            "words/*",
        ),
    ),
    Row("theme.js", ("home/theme.js",)),
    Row("check.js", ("net/allowed.js", "net/prefs.js", "ui/*", "words/*")),
]
JS_WATCHED = ["*.js", "*.jsx"]  # packages are free
# What the pure folders may not touch: the page, the network, storage, the clock.
OUTSIDE_WORLD = [
    "window",
    "navigator",
    "location",
    "localStorage",
    "indexedDB",
    "fetch",
    "WebSocket",
    "XMLHttpRequest",
    "setTimeout",
    "setInterval",
    "requestAnimationFrame",
    "performance",
    "Date",
]
PURE = ("model/", "draw/")

JS_SOURCES = js_sources(SCRIPTS)


def js_faults(path: str, source: str) -> list[str]:
    imported = js_imports(source, path)
    return faults(path, imported, table=JS_TABLE, watched=JS_WATCHED)


@pytest.mark.parametrize("path", JS_SOURCES)
def test_script_keeps_to_the_table(path: str) -> None:
    assert js_faults(path, JS_SOURCES[path]) == []


@pytest.mark.parametrize("path", [path for path in JS_SOURCES if path.startswith(PURE)])
def test_pure_script_knows_no_page_network_or_clock(path: str) -> None:
    assert js_words(JS_SOURCES[path], OUTSIDE_WORLD) == set()


@pytest.mark.parametrize(
    ("path", "source", "fault"),
    [
        (
            "model/replica.js",
            'import { connect } from "../net/connection.js";',
            "model/replica.js imports net/connection.js",
        ),
        (
            "draw/shapes.js",
            'import {\n  a,\n  b,\n} from "../ui/app.js";',
            "draw/shapes.js imports ui/app.js",
        ),
        (
            "net/outbox.js",
            'export * from "../tools/pen.js";',
            "net/outbox.js imports tools/pen.js",
        ),
        (
            "ui/app.js",
            'const later = () => import("../net/connection.js");',
            "ui/app.js imports net/connection.js",
        ),
        ("novelty.js", "", "novelty.js has no row in the import table"),
    ],
)
def test_script_table_refuses(path: str, source: str, fault: str) -> None:
    assert js_faults(path, source) == [fault]


def test_script_words_in_comments_and_properties_are_free() -> None:
    source = "/** Knows no WebSocket. */ const a = view.window; // no fetch\n"

    assert js_words(source, OUTSIDE_WORLD) == set()
    assert js_words("const now = Date.now();", OUTSIDE_WORLD) == {"Date"}
