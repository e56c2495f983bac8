"""The tables: boards, journals, snapshots, pictures; bans, the audit log, reports.

Rows of `Entry` and `Snapshot` are written by `boards.sync` alone (raw SQL in the
journal's thread); the models exist for migrations, the admin pages and read queries.
"""

import secrets

from django.db import models


def new_board_id() -> str:
    """A fresh board id: 128 random bits, 22 characters of URL-safe base 64.

    None begins with a dash, which a command would take for an option.
    """
    while (drawn := secrets.token_urlsafe(16)).startswith("-"):
        pass  # one in 64; it costs a fiftieth of a bit
    return drawn


class Board(models.Model):
    """A journal with a name and its rights; `head` is the newest seq."""

    class LinkRole(models.TextChoices):
        """What whoever has the link may do."""

        NONE = "none"
        VIEW = "view"
        EDIT = "edit"

    id = models.CharField(primary_key=True, max_length=32, default=new_board_id)
    title = models.CharField(max_length=200, blank=True, default="")
    link_role = models.CharField(
        max_length=4, choices=LinkRole.choices, default=LinkRole.EDIT
    )
    owner_key_hash = models.CharField(max_length=64, unique=True)
    creator = models.CharField(max_length=64, blank=True, default="", db_index=True)
    owner = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    head = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True, db_index=True)
    deleted_at = models.DateTimeField(null=True, blank=True, db_index=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_why = models.CharField(max_length=200, blank=True, default="", db_default="")
    # Counts what changed rights beside the columns above, so that open rooms see it.
    rights_no = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        """What staff may do to the site that is not about a row; for the live page."""

        permissions = (
            ("close_session", "Can close sessions"),
            ("drain_process", "Can drain processes"),
        )

    def __str__(self) -> str:
        return self.title or self.id


class Entry(models.Model):
    """One committed change. `text` is what was and will be sent, byte for byte."""

    pk = models.CompositePrimaryKey("board_id", "seq")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, db_index=False)
    seq = models.BigIntegerField()
    change_id = models.CharField(max_length=64)
    at = models.BigIntegerField()  # ms since the epoch
    text = models.TextField()

    class Meta:
        """The constraints that keep J1 and J3 whatever the code does."""

        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["board", "change_id"], name="entry_change_once"
            ),
            models.CheckConstraint(condition=models.Q(seq__gt=0), name="entry_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id}/{self.seq}"


class Snapshot(models.Model):
    """A saved fold up to `seq`: gzip of `{"seq": …, "elements": […]}`."""

    pk = models.CompositePrimaryKey("board_id", "seq")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, db_index=False)
    seq = models.BigIntegerField()
    body = models.BinaryField()
    n_elements = models.IntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.board_id}@{self.seq}"


class Asset(models.Model):
    """A picture that a board has; `hash` is the SHA-256 of its stored file."""

    board = models.ForeignKey(
        Board, on_delete=models.CASCADE, db_index=False, related_name="assets"
    )
    hash = models.CharField(max_length=64, db_index=True)
    type = models.CharField(max_length=32)  # a media type
    w = models.PositiveIntegerField()  # pixels
    h = models.PositiveIntegerField()
    bytes = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One row for a picture, however often a board gets it."""

        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(fields=["board", "hash"], name="asset_once"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id}/{self.hash}"


class Ban(models.Model):
    """Somebody who may not be on a board, or with no board on any.

    `mark` is a keyed hash of what they are known by, see `boards.bans`; it goes when
    the ban is over. One that spreads gets others, of the person's other marks, whose
    `source` it is.
    """

    class Kind(models.TextChoices):
        """What somebody is known by."""

        SESSION = "session"
        CLIENT = "client"
        BROWSER = "browser"
        ACCOUNT = "account"
        ADDRESS = "address"

    board = models.ForeignKey(
        Board,
        null=True,
        on_delete=models.CASCADE,
        related_name="bans",
        db_constraint=False,  # an older version that deletes a board knows no bans
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    mark = models.CharField(max_length=64)
    name = models.CharField(max_length=64, blank=True)  # as the list shows them
    until = models.DateTimeField(null=True, db_index=True)  # null: for good
    spreads = models.BooleanField(default=False)
    spreads_to_address = models.BooleanField(default=False)
    source = models.ForeignKey("self", null=True, on_delete=models.CASCADE)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A mark once for each source, however many processes find it."""

        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["source", "kind", "mark"], name="ban_spreads_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id or 'everywhere'}: {self.kind} {self.mark[:12]}"


class Act(models.Model):
    """A line of the audit log: who did what with which key. Written by `boards.audit`.

    Its board may be gone: what was done stays to be read until it is purged.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    board_id = models.CharField(max_length=32, db_index=True)
    what = models.CharField(max_length=16)
    by = models.CharField(max_length=8)  # key, browser, account, operator, link
    fingerprint = models.CharField(max_length=12, blank=True)  # of the key or browser
    account = models.CharField(max_length=150, blank=True)
    session = models.CharField(max_length=64, blank=True)
    about = models.CharField(max_length=200, blank=True)  # never content

    def __str__(self) -> str:
        return f"{self.what} {self.board_id}"


class Report(models.Model):
    """What a visitor tells the operator about a board or somebody on it."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    board_id = models.CharField(max_length=32, db_index=True)
    session = models.CharField(max_length=64, blank=True)  # of whom it is about
    client = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=64, blank=True)
    words = models.TextField()
    handled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.board_id} {self.at:%Y-%m-%d %H:%M}"
