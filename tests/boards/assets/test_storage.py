"""The files of pictures, in a folder and in a bucket: the same words for both.

The bucket is that of any server that speaks S3 and lets everybody in:
`TEST_S3_URL=http://127.0.0.1:5000`, where there is a bucket `pictures`.
"""

import json
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

from board_server.buckets import asset_storage, bucket_of
from boards.assets import storage
from boards.assets.bounds import PNG
from boards.sync.refusals import Code, Refused

NAME = storage.name_of("ab" * 32, PNG)
NOBODY = "http://127.0.0.1:1"  # a port that nobody listens at


def use(settings: Settings, url: str, folder: Path) -> None:
    """Keep pictures there."""
    storages = json.loads(json.dumps(settings.STORAGES))
    storages["assets"] = asset_storage(url, folder=folder)
    settings.STORAGES = storages


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> None:
    """Each place in turn."""
    server = os.environ.get("TEST_S3_URL", "")
    if request.param == "bucket" and not server:
        pytest.skip("TEST_S3_URL names no server")
    query = f"?endpoint={server}&region=us-east-1"
    url = f"s3://key:secret@pictures/chalk{query}" if request.param == "bucket" else ""
    use(settings, url, tmp_path)


@pytest.mark.usefixtures("files")
def test_a_file_is_kept_once_read_and_removed() -> None:
    assert storage.read(NAME) is None

    storage.keep(NAME, BytesIO(b"first"))
    storage.keep(NAME, BytesIO(b"second"))  # there already: the name is the content's

    assert storage.read(NAME) == b"first"
    storage.remove(NAME)
    assert storage.read(NAME) is None
    storage.remove(NAME)


def test_a_bucket_that_is_away_is_told_in_the_same_words(
    settings: Settings, tmp_path: Path
) -> None:
    query = f"?endpoint={NOBODY}&region=us-east-1"
    use(settings, f"s3://key:secret@pictures/chalk{query}", tmp_path)

    verbs: list[Callable[[], object]] = [
        lambda: storage.read(NAME),
        lambda: storage.keep(NAME, BytesIO(b"x")),
        lambda: storage.remove(NAME),
    ]
    for verb in verbs:
        with pytest.raises(Refused) as caught:
            verb()
        assert caught.value.code is Code.UNAVAILABLE
        assert "127.0.0.1" not in caught.value.detail


def test_an_address_of_a_bucket_is_taken_apart() -> None:
    url = "s3://k%2Fy:se%40cret@my-pictures/a/b/?endpoint=https://s3.example.org:9000"

    bucket = bucket_of(url)

    assert bucket is not None
    assert (bucket.name, bucket.prefix) == ("my-pictures", "a/b")
    assert (bucket.key, bucket.secret) == ("k/y", "se@cret")
    assert (bucket.endpoint, bucket.region) == ("https://s3.example.org:9000", None)
    plain = bucket_of("s3://pictures")
    assert plain is not None
    assert (plain.key, plain.endpoint, plain.prefix) == (None, None, "")


@pytest.mark.parametrize(
    "url",
    [
        "http://pictures",
        "s3://",
        "s3://Pictures",
        "s3://key@pictures",
        "s3://pictures#part",
        "s3://pictures?color=blue",
        "s3://pictures?endpoint=ftp://example.org",
        "s3://pictures?endpoint=http://example.org/path",
        "s3://pictures?region=EU West",
        "s3://[pictures",
    ],
)
def test_what_is_no_address_of_a_bucket(url: str) -> None:
    assert bucket_of(url) is None
