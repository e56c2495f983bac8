"""The API in a browser: each reply as a page, with a field for raw JSON.

The forms are left out: they would post form fields, and the API speaks JSON only.
"""

import json
from http import HTTPStatus

from django.http import HttpResponse
from rest_framework.renderers import BrowsableAPIRenderer
from rest_framework.request import Request
from rest_framework.response import Response

JSON = "application/json"
MAX_PAGE_BYTES = 64 * 1024  # more on a page makes browsers, and its making, slow


class Browsable(BrowsableAPIRenderer):
    """The framework's own page without HTML forms."""

    def get_rendered_html_form(self, *_args: object) -> str:
        """No form."""
        return ""

    def get_breadcrumbs(self, request: Request) -> list[tuple[str, str]]:
        """The way here, over addresses that lead somewhere."""
        found: list[tuple[str, str]] = super().get_breadcrumbs(request)
        return [(name, url) for name, url in found if name]


def as_stored(
    request: Request, text: bytes | str, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """A reply that is this JSON text, byte for byte; on a page for a browser."""
    is_page = request.accepted_renderer.format == Browsable.format
    if is_page and len(text) <= MAX_PAGE_BYTES:
        return Response(json.loads(text), status=status)
    return HttpResponse(text, content_type=JSON, status=status)
