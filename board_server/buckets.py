"""Where pictures are kept: a folder, or a bucket of S3 and what speaks like it.

Pure functions but for one import. `board_server.env` asks them whether an address is
one, `board_server.settings` for the storage; the S3 libraries are loaded when a bucket
is asked for and not before.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

CONNECT_WITHIN_S = 5
READ_WITHIN_S = 20
N_TRIES = 3

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ENDPOINT = re.compile(r"https?://[^/\s?#]+/?")
_REGION = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Bucket:
    """An address of S3, taken apart; None is left to the library's own ways."""

    name: str
    prefix: str = ""
    key: str | None = None
    secret: str | None = None
    endpoint: str | None = None
    region: str | None = None


def bucket_of(url: str) -> Bucket | None:
    """The bucket of `s3://[key:secret@]bucket[/prefix][?endpoint=…&region=…]`."""
    try:
        parts = urlsplit(url)
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError:
        return None
    name = parts.netloc.rpartition("@")[2]
    endpoint = asked.pop("endpoint", [None])[0]
    region = asked.pop("region", [None])[0]
    is_whole = (
        parts.scheme == "s3"
        and _BUCKET.fullmatch(name) is not None
        and (endpoint is None or _ENDPOINT.fullmatch(endpoint) is not None)
        and (region is None or _REGION.fullmatch(region) is not None)
        and (parts.username is None) == (parts.password is None)
        and not asked
        and not parts.fragment
    )
    if not is_whole:
        return None
    return Bucket(
        name=name,
        prefix=parts.path.strip("/"),
        key=unquote(parts.username) if parts.username else None,
        secret=unquote(parts.password) if parts.password else None,
        endpoint=endpoint,
        region=region,
    )


def asset_storage(url: str, *, folder: Path) -> dict[str, Any]:
    """`STORAGES["assets"]`: the bucket of this address, without one the folder."""
    bucket = bucket_of(url)
    if bucket is None:
        return {
            "BACKEND": "boards.assets.storage.AssetFiles",
            # Whoever may read the database may read the pictures, nobody else.
            "OPTIONS": {"location": str(folder), "file_permissions_mode": 0o640},
        }
    # Large, and needed by nobody who keeps pictures in a folder.
    from botocore.config import Config

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket.name,
            "location": bucket.prefix,
            "access_key": bucket.key,
            "secret_key": bucket.secret,
            "endpoint_url": bucket.endpoint,
            "region_name": bucket.region,
            "default_acl": None,  # as the bucket is: private
            "file_overwrite": True,  # the name is the content's hash
            "client_config": Config(
                signature_version="s3v4",
                # Servers of one's own seldom have a host name for each bucket.
                s3={"addressing_style": "path" if bucket.endpoint else "auto"},
                connect_timeout=CONNECT_WITHIN_S,
                read_timeout=READ_WITHIN_S,
                retries={"max_attempts": N_TRIES, "mode": "standard"},
            ),
        },
    }
