"""The admin site."""

import pytest
from django.test import Client

from boards import catalog
from boards.models import Board

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/boards/board/"


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
