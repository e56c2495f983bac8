"""The admin site."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from boards import catalog
from boards.models import Ban, Board, Report

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/boards/board/"

NewStaff = Callable[..., User]


def test_boards_are_listed_and_found(admin_client: Client) -> None:
    board, _key = catalog.create(title="Plan <b>")
    catalog.create(title="Other")

    page = admin_client.get(f"{LIST}?q=Plan").content.decode()

    assert board.pk in page
    assert "Plan &lt;b&gt;" in page
    assert "Other" not in page


def test_boards_are_trashed_and_restored(admin_client: Client) -> None:
    board, _key = catalog.create()

    admin_client.post(LIST, {"action": "trash", "_selected_action": board.pk})
    board.refresh_from_db()
    assert board.deleted_at is not None

    admin_client.post(LIST, {"action": "restore", "_selected_action": board.pk})
    board.refresh_from_db()
    assert board.deleted_at is None


def test_a_board_is_renamed_and_shared(admin_client: Client) -> None:
    board, _key = catalog.create(title="Old", link_role="edit")

    admin_client.post(
        f"{LIST}{board.pk}/change/", {"title": "New", "link_role": "none"}
    )

    board.refresh_from_db()
    assert (board.title, board.link_role) == ("New", "none")


def test_nothing_is_made_or_deleted_there(admin_client: Client) -> None:
    board, _key = catalog.create()

    added = admin_client.get(f"{LIST}add/")
    deleted = admin_client.post(f"{LIST}{board.pk}/delete/", {"post": "yes"})

    assert added.status_code == deleted.status_code == 403
    assert Board.objects.filter(pk=board.pk).exists()


def test_journals_stay_closed(admin_client: Client) -> None:
    assert admin_client.get("/admin/boards/entry/").status_code == 404
    assert admin_client.get("/admin/boards/snapshot/").status_code == 404


@pytest.mark.parametrize("action", ["trash", "restore", "freeze", "thaw"])
def test_who_may_only_look_at_boards_does_nothing_to_them(
    client: Client, new_staff: NewStaff, action: str
) -> None:
    """Actions of the list were there for everybody who saw it."""
    board, _key = catalog.create()
    at = timezone.now() if action in ("restore", "thaw") else None
    Board.objects.filter(pk=board.pk).update(deleted_at=at, frozen_at=at)
    client.force_login(new_staff("view_board"))

    client.post(LIST, {"action": action, "_selected_action": board.pk})

    board.refresh_from_db()
    assert (board.deleted_at, board.frozen_at) == (at, at)


@pytest.mark.parametrize("may", [False, True])
def test_bans_and_reports_are_ended_by_who_may(
    client: Client, new_staff: NewStaff, may: bool
) -> None:
    board, _key = catalog.create()
    ban = Ban.objects.create(board=board, kind=Ban.Kind.CLIENT, mark="m")
    report = Report.objects.create(board_id=board.pk, words="Rude.")
    more = ("delete_ban", "change_report") if may else ()
    client.force_login(new_staff("view_ban", "view_report", *more))

    for path, row, action in [("ban", ban, "lift"), ("report", report, "handle")]:
        form = {"action": action, "_selected_action": row.pk}
        client.post(f"/admin/boards/{path}/", form)

    report.refresh_from_db()
    assert Ban.objects.exists() is not may
    assert (report.handled_at is not None) is may
