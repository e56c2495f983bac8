"""Who gets what: the one table that `test_access_walk` compares the server with.

A row for each URL and method, and for each frame; a column for each caller. A URL, a
frame or a field of a live frame that is missing here fails the walk: whoever adds one
says here who may use it. What is not in the table is refused with 405.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at a board: what its link allows, and what they show.

    Attributes:
        link: the board's `link_role`.
        shows: `key`, `creator`, `user`: of the board's owner; `wrong_key`: another
            board's; `other`: an account and a creator cookie that are not the owner's;
            `staff`: a superuser's account; or nothing.
        is_trashed: whether the board is in the trash.
    """

    link: str
    shows: str = ""
    is_trashed: bool = False


CALLERS = {
    "stranger": Caller("none"),
    "viewer": Caller("view"),
    "editor": Caller("edit"),
    "key": Caller("none", "key"),
    "creator": Caller("none", "creator"),
    "user": Caller("none", "user"),
    "other": Caller("none", "other"),
    "wrong_key": Caller("edit", "wrong_key"),
    "staff": Caller("none", "staff"),
    "gone": Caller("edit", is_trashed=True),
    "gone_own": Caller("none", "creator", is_trashed=True),
}

# Bodies that are taken where the right is there: a refusal is then about the right.
PUT = {"op": "put", "element": {"id": "e1", "kind": "rect"} | dict.fromkeys("xywh", 1)}
BODIES: dict[str, object] = {
    "board-list POST": {"title": "New"},
    "board-detail PATCH": {"title": "Renamed"},
    "board-duplicate POST": {},
    "board-changes POST": {"id": "c9", "ops": [PUT]},
    "board-import POST": {"type": "chalkline", "elements": [PUT["element"]]},
    "board-import-here POST": {"type": "chalkline", "elements": [PUT["element"]]},
    "board-freeze POST": {"why": "Exam."},
    "board-kick POST": {"session": "somebody"},
    "board-bans POST": {"client": "somebody", "seconds": 60},
    "board-undo POST": {"client": "somebody"},
    "board-report POST": {"words": "Rude."},
    "board-assets POST": b"no picture",  # 400: taken in and looked at
}
QUERIES = {"board-asset PUT": "?from={board}"}

# One status alone is the same for everybody: such a URL shows nothing of a board.
#                          str vie edi key cre use oth wro sta gon own
URLS = """
home               GET     200
home               POST    303
board              GET     403 200 200 403 200 200 403 200 403 410 410
board-restore-page POST    403 403 403 403 302 302 403 403 403 410 302
worker             GET     200
check              GET     200
api-root           GET     200
board-list         GET     200 200 200 200 200 200 200 200 200 200 200
board-list         POST    201 201 201 201 201 201 201 201 201 201 201
board-import       POST    201 201 201 201 201 201 201 201 201 201 201
board-detail       GET     403 200 200 200 200 200 403 403 403 404 200
board-detail       PATCH   403 403 403 200 200 200 403 403 403 404 404
board-detail       DELETE  403 403 403 204 204 204 403 403 403 404 204
board-restore      POST    403 403 403 200 200 200 403 403 403 404 200
board-key          POST    403 403 403 201 201 201 403 403 403 404 201
board-duplicate    POST    403 201 201 201 201 201 403 403 403 404 404
board-import-here  POST    403 403 200 200 200 200 403 403 403 404 404
board-changes      POST    403 403 201 201 201 201 403 403 403 404 404
board-entries      GET     403 200 200 200 200 200 403 403 403 404 404
board-snapshot     GET     403 200 200 200 200 200 403 403 403 404 404
board-elements     GET     403 200 200 200 200 200 403 403 403 404 404
board-element      GET     403 200 200 200 200 200 403 403 403 404 404
board-assets       POST    403 403 400 400 400 400 403 403 403 404 404
board-asset        GET     403 200 200 200 200 200 403 403 403 404 404
board-asset        PUT     403 403 200 200 200 200 403 403 403 404 404
board-freeze       POST    403 403 403 200 200 200 403 403 403 404 404
board-freeze       DELETE  403 403 403 200 200 200 403 403 403 404 404
board-kick         POST    403 403 403 204 204 204 403 403 403 404 404
board-bans         GET     403 403 403 200 200 200 403 403 403 404 404
board-bans         POST    403 403 403 201 201 201 403 403 403 404 404
board-ban          DELETE  403 403 403 404 404 404 403 403 403 404 404
board-undo         POST    403 403 403 200 200 200 403 403 403 404 404
board-report       POST    403 204 204 204 204 204 403 403 403 404 404
board-audit        GET     403 403 403 200 200 200 403 403 403 404 200
schema             GET     200
docs               GET     200
api-nowhere        GET     404
api-nowhere        POST    404
api-nowhere        PUT     404
api-nowhere        PATCH   404
api-nowhere        DELETE  404
healthz            GET     200
readyz             GET     200
metrics            GET     404
"""

# Frames of a client: what it gets for them. Who is not let in at hello has the socket
# closed (4003 forbidden, 4004 gone), and so sends no other; a second hello is an error.
#         str   vie       edi     key     cre     use     oth  wro  sta  gon  own
FRAMES = """
hello     4003  view      edit    own     own     own     4003 4003 4003 4004 4004
live      4003  pong      pong    pong    pong    pong    4003 4003 4003 4004 4004
ping      4003  pong      pong    pong    pong    pong    4003 4003 4003 4004 4004
submit    4003  forbidden entries entries entries entries 4003 4003 4003 4004 4004
"""

# Fields of a live frame: a value, and the least role whose field others are shown.
BOX = [0, 0, 10, 10]
LIVE_FIELDS: dict[str, tuple[object, str]] = {
    "cursor": ([1, 2], "view"),
    "view": (BOX, "view"),
    "selection": (["e1"], "view"),
    "tool": ("pen", "view"),
    "draft": ([PUT], "edit"),
    "extend": ({"id": "e1", "offset": 0, "points": [0, 0]}, "edit"),
    "laser": ({"trail": 1, "points": [0, 0]}, "view"),
    "follow": ("somebody", "view"),
    "editing": ("e1", "edit"),
    "chat": ("hello", "view"),
    "idle": ("away", "view"),
    "react": ({"emoji": "\N{PARTY POPPER}", "x": 0, "y": 0}, "view"),
    "call": (BOX, "edit"),
}
