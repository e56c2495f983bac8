"""The callers of the access walk: their boards, and what each shows."""

from dataclasses import dataclass, field

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from boards import catalog, creator
from boards.access import Credentials, grant_for
from boards.assets.bounds import PNG
from boards.assets.storage import name_of
from boards.current import current_engine
from boards.models import Asset, Board
from boards.sync.protocol import Author, decode_change, encode
from tests.api.access_table import CALLERS, PUT, Caller
from tests.support.rest import Rest

OWNER, STRANGER = "owner" * 4, "other" * 4  # tokens in creator cookies
PIXEL = bytes.fromhex("89504e470d0a1a0a")  # served as it is


@dataclass(frozen=True, slots=True)
class Shown:
    """What a caller sends along."""

    key: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie_header(self) -> str:
        """The cookies as a socket's handshake has them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


class Scene:
    """Makes boards for callers, and dresses a REST caller as one."""

    def __init__(self) -> None:
        people = {name: User.objects.create_user(name) for name in ("owner", "other")}
        people["staff"] = User.objects.create_superuser("staff")
        self._owner = people["owner"]
        self._sessions = {name: _session(user) for name, user in people.items()}
        _board, self._wrong_key = catalog.create()
        self._boards: dict[str, Board] = {}
        self._keys: dict[str, str] = {}
        self.hash = "0" * 64
        storages["assets"].save(name_of(self.hash, PNG), ContentFile(PIXEL))

    async def board(self, who: str) -> Board:
        """A board as the caller meets it, with an element and a picture."""
        if who not in self._boards:
            self._boards[who] = await self._new_board(who)
        return self._boards[who]

    def spoil(self, who: str) -> None:
        """The caller's board was changed: the next time they get another one."""
        del self._boards[who]

    async def _new_board(self, who: str) -> Board:
        caller = CALLERS[who]
        board, key = await sync_to_async(self._make)(caller)
        self._keys[board.pk] = key
        grant = await sync_to_async(grant_for)(board.pk, Credentials(key=key))
        change = decode_change(encode({"id": "c1", "ops": [PUT]}))
        await current_engine().submit(grant, change, Author("s", "c"))
        if caller.is_trashed:
            await Board.objects.filter(pk=board.pk).aupdate(deleted_at=timezone.now())
        return board

    def _make(self, caller: Caller) -> tuple[Board, str]:
        board, key = catalog.create(
            title="Secret plans",
            link_role=caller.link,
            creator=OWNER,
            user_id=self._owner.pk,
        )
        Asset.objects.create(
            board=board, hash=self.hash, type=PNG, w=1, h=1, bytes=len(PIXEL)
        )
        return board, key

    def key_of(self, board_id: str) -> str:
        """The owner key of a board that was made here."""
        return self._keys[board_id]

    def shown(self, who: str) -> Shown:
        """What the caller sends along to the board that they met last."""
        match CALLERS[who].shows:
            case "key":
                return Shown(key=self._keys[self._boards[who].pk])
            case "wrong_key":
                return Shown(key=self._wrong_key)
            case "creator":
                return Shown(cookies=_creator(OWNER))
            case "user":
                return Shown(cookies=self._sessions["owner"])
            case "other":
                return Shown(cookies=_creator(STRANGER) | self._sessions["other"])
            case "staff":
                return Shown(cookies=self._sessions["staff"])
        return Shown()

    def dress(self, rest: Rest, who: str) -> Shown:
        """Give the caller's cookies, and no others, to a REST caller."""
        shown = self.shown(who)
        rest.client.cookies.clear()
        for name, value in shown.cookies.items():
            rest.client.cookies[name] = value
        return shown


def _session(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {name: client.cookies[name].value}


def _creator(token: str) -> dict[str, str]:
    return {creator.COOKIE: Signer(salt=creator.SALT).sign(token)}
