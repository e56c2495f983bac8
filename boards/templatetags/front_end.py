"""Tags for the built front end.

`{% preload_modules "board" %}` writes a link for each chunk that a page's module
imports, so that the browser fetches them together with the module instead of after
reading it. Chunks have their final names from the build: nothing here renames them.
Without a build there is nothing to write.
"""

import json
from functools import lru_cache

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from boards.built import built

register = template.Library()

_LIST = "preloads.json"  # written by frontend/build.mjs


@register.simple_tag
def preload_modules(page: str) -> SafeString:
    """Links to the chunks that the module of this page imports."""
    chunks = (_read() if settings.DEBUG else _read_once()).get(page, [])
    links = ((settings.STATIC_URL + chunk,) for chunk in chunks)
    return format_html_join("", '<link rel="modulepreload" href="{}">\n  ', links)


def _read() -> dict[str, list[str]]:
    text = built(_LIST)
    lists: dict[str, list[str]] = json.loads(text) if text is not None else {}
    return lists


@lru_cache(maxsize=1)
def _read_once() -> dict[str, list[str]]:
    return _read()
