"""What pages without a script say: from the message files, in the person's language.

The scripts of the other pages say everything else, see `frontend/messages.mjs`. Texts
without placeholders only; nothing here knows a board.
"""

from functools import lru_cache
from pathlib import Path

import msgspec
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

ENGLISH = "en"
COOKIE = "chalkline_language"  # of a person who chose one; `theme.js` keeps it
RIGHT_TO_LEFT = frozenset({"ar"})
_PANEL = "pages.json"

_decode = msgspec.json.Decoder(dict[str, str]).decode


def _folder() -> Path:
    return Path(settings.BASE_DIR) / "frontend" / "messages"


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages there are texts in."""
    return frozenset(path.parent.name for path in _folder().glob(f"*/{_PANEL}"))


@lru_cache(maxsize=32)
def texts(language: str) -> dict[str, str]:
    """The texts of a language, one of `languages`, by name."""
    return _decode((_folder() / language / _PANEL).read_bytes())


def language_of(request: HttpRequest) -> str:
    """The chosen language, or the dearest of the browser that there are texts in."""
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in languages():
        return chosen
    wished = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for tag, _weight in wished:
        base = tag.partition("-")[0]
        if base in languages():
            return base
    return ENGLISH


def spoken(request: HttpRequest) -> dict[str, object]:
    """What a template needs to speak the person's language."""
    language = language_of(request)
    return {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "words": texts(language),
    }
