"""The pictures of boards: take one in, find it, copy all to another board, let go.

REST, the catalog and copies call these verbs; settings are read here and passed on. All
functions block.
"""

import hashlib
import logging
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from boards.access import Grant, Role
from boards.assets import storage
from boards.assets.bounds import Bounds
from boards.assets.workshop import workshop
from boards.models import Asset, Board
from boards.sync.refusals import Code, Reason, Refused

logger = logging.getLogger(__name__)

HASH_PATTERN = r"[0-9a-f]{64}"  # sha256 of the clean file


def bounds() -> Bounds:
    """What the operator allows."""
    return Bounds(
        bytes=settings.BOARD_ASSET_BYTES,
        pixels=settings.BOARD_ASSET_PIXELS,
        frames=settings.BOARD_ASSET_FRAMES,
        edge_px=settings.BOARD_ASSET_EDGE_PX,
        memory_bytes=settings.BOARD_ASSET_MEMORY_BYTES,
        seconds=settings.BOARD_ASSET_S,
    )


def check_room(grant: Grant) -> None:
    """Refuse before an upload is read: who may not, and where nothing fits any more.

    Raises:
        Refused: `forbidden`, `too_large`.
    """
    grant.require(Role.EDIT)
    _check_quota(grant.board_id, more_bytes=0)


def take(grant: Grant, sent: IO[bytes]) -> tuple[Asset, bool]:
    """Clean what was sent and put it on the board's shelf.

    Args:
        grant: to edit the board.
        sent: the upload, a real file within the bounds; its place does not matter.

    Returns:
        The asset, and whether the board did not have it before.

    Raises:
        Refused: `forbidden`, `not_found` when the board went meanwhile, `unavailable`
            when the storage fails, and what `Workshop.clean` refuses.
    """
    grant.require(Role.EDIT)
    with TemporaryFile() as clean:
        cleaner = workshop(bounds(), settings.BOARD_ASSET_WORKERS)
        try:
            picture = cleaner.clean(sent, clean)
        except Refused as refusal:
            _log("picture refused", grant.board_id, refusal)
            raise
        found = Asset(
            board_id=grant.board_id,
            hash=_hash(clean),
            type=picture.type,
            w=picture.w,
            h=picture.h,
            bytes=clean.seek(0, 2),
        )
        try:
            return _keep(found, clean)
        except Refused as refusal:
            _log("picture not kept", grant.board_id, refusal)
            raise


def share(grant: Grant, source: Asset) -> tuple[Asset, bool]:
    """Put a picture of another board on the shelf too, as it is there.

    Args:
        grant: to edit the board that gets it.
        source: what the caller may view on the other board.

    Returns:
        The asset, and whether the board did not have it before.

    Raises:
        Refused: `forbidden`, `too_large` where nothing fits any more, `not_found` when
            the board went meanwhile, `unavailable` when the storage fails.
    """
    grant.require(Role.EDIT)
    with TemporaryFile() as clean:
        clean.write(read(source))
        found = Asset(
            board_id=grant.board_id,
            hash=source.hash,
            type=source.type,
            w=source.w,
            h=source.h,
            bytes=source.bytes,
        )
        return _keep(found, clean)


def _keep(found: Asset, clean: IO[bytes]) -> tuple[Asset, bool]:
    """Store the file, then the row, then look whether the file is still there.

    Between the first and the second step somebody may have purged the last other board
    with this picture. The last look, after the row is for all to see, and the look that
    `let_go` takes after it removed a file, leave no order of steps without the file.
    """
    name = storage.name_of(found.hash, found.type)
    _check_quota(found.board_id, more_bytes=found.bytes, but_for=found.hash)
    storage.keep(name, clean)
    asset, is_new = _row(found)
    try:
        storage.keep(name, clean)
    except Refused:
        if is_new:
            asset.delete()
        raise
    return asset, is_new


def _row(found: Asset) -> tuple[Asset, bool]:
    with transaction.atomic():
        # The board's row is the lock: two uploads do not overdraw the quota together.
        if Board.objects.select_for_update().filter(pk=found.board_id).first() is None:
            raise Refused(Code.NOT_FOUND, "There is no such board.")
        known = Asset.objects.filter(board_id=found.board_id, hash=found.hash).first()
        if known is not None:
            return known, False
        _check_quota(found.board_id, more_bytes=found.bytes)
        found.save()
    return found, True


def find(board_id: str, hash_: str) -> Asset:
    """The board's asset with this hash.

    Raises:
        Refused: `not_found`, also when another board has it.
    """
    asset = Asset.objects.filter(board_id=board_id, hash=hash_).first()
    if asset is None:
        raise Refused(Code.NOT_FOUND, "This board has no such picture.")
    return asset


def read(asset: Asset) -> bytes:
    """The file.

    Raises:
        Refused: `unavailable`, when the storage fails or has lost it.
    """
    content = storage.read(storage.name_of(asset.hash, asset.type))
    if content is None:
        logger.error("picture lost", extra={"hash": asset.hash})
        raise Refused(Code.UNAVAILABLE, "This picture cannot be found at the moment.")
    return content


def copy_all(source_id: str, target_id: str) -> None:
    """Give a new board all the pictures of another; the files are shared."""
    Asset.objects.bulk_create(
        Asset(
            board_id=target_id,
            hash=asset.hash,
            type=asset.type,
            w=asset.w,
            h=asset.h,
            bytes=asset.bytes,
        )
        for asset in Asset.objects.filter(board_id=source_id)
    )


def names_on(board_ids: Iterable[str]) -> set[tuple[str, str]]:
    """Hash and type of what these boards have."""
    rows = Asset.objects.filter(board_id__in=list(board_ids))
    return set(rows.values_list("hash", "type"))


def let_go(gone: Iterable[tuple[str, str]]) -> int:
    """Remove the files that no board has any more, once the rows are gone.

    Returns:
        How many files went. One that cannot be removed is left and logged.
    """
    n_files = 0
    for hash_, type_ in gone:
        if not _is_used(hash_):
            n_files += _remove(hash_, type_)
    return n_files


def _remove(hash_: str, type_: str) -> bool:
    name = storage.name_of(hash_, type_)
    try:
        content = storage.read(name)
        if content is None:
            return False
        storage.remove(name)
        if _is_used(hash_):  # taken in by another board just now: see `_keep`
            with TemporaryFile() as again:
                again.write(content)
                storage.keep(name, again)
            return False
    except Refused:
        logger.warning("picture left behind", extra={"hash": hash_})
        return False
    return True


def _is_used(hash_: str) -> bool:
    return Asset.objects.filter(hash=hash_).exists()


def _check_quota(board_id: str, *, more_bytes: int, but_for: str = "") -> None:
    """Raise `too_large` when the board cannot have so much more.

    `but_for` is a hash that counts for nothing where it is there already.
    """
    rows = Asset.objects.filter(board_id=board_id)
    if but_for and rows.filter(hash=but_for).exists():
        return
    most, most_bytes = settings.BOARD_ASSETS, settings.BOARD_ASSETS_BYTES
    if rows.count() >= most:
        raise Refused(
            Code.TOO_LARGE, f"A board may have {most} pictures.", reason=Reason.FULL
        )
    held = rows.aggregate(held=Sum("bytes"))["held"] or 0
    if held + max(more_bytes, 1) > most_bytes:
        mib = most_bytes // (1024 * 1024)
        raise Refused(
            Code.TOO_LARGE,
            f"The pictures of a board may have {mib} MiB together.",
            reason=Reason.FULL,
        )


def _hash(file: IO[bytes]) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _log(event: str, board_id: str, refusal: Refused) -> None:
    logger.info(event, extra={"board": board_id, "code": refusal.code.value})
