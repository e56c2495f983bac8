"""The front door of the API, and the answer to addresses that lead nowhere."""

from typing import Any, NoReturn

from django.http import HttpResponse
from django.urls import resolve, reverse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from boards.sync.refusals import Code, Refused

NOWHERE = "api-nowhere"  # the name of the address that catches the rest

_described: dict[str, str | bytes] = {}  # by the media type of a renderer of ours


class Chalkline(APIView):
    """Boards that people and programs draw on together.

    Make one with POST on `boards`, then look at `docs`.
    """

    name = "API"

    def get(self, request: Request) -> Response:
        """Where everything is."""
        names = {"boards": "board-list", "docs": "docs", "schema": "schema"}
        return Response(
            {
                key: request.build_absolute_uri(reverse(name))
                for key, name in names.items()
            }
        )


class Schema(SpectacularAPIView):
    """The OpenAPI description of all calls."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """What is the same for everybody and was made once; nothing may be asked."""
        form = request.accepted_renderer
        text = _described.get(form.media_type)
        if text is None:
            text = _described[form.media_type] = _description(form)
        name = f"chalkline.{form.format}"
        return HttpResponse(
            text,
            content_type=f"{form.media_type}; charset=utf-8",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )


class Nowhere(APIView):
    """There is nothing at this address."""

    name = ""

    def initial(self, request: Request, *args: object, **kwargs: object) -> NoReturn:
        """Refuse, whatever the method; a missing slash is pointed out."""
        super().initial(request, *args, **kwargs)
        raise Refused(Code.NOT_FOUND, _advice(request.path_info))


def _description(form: BaseRenderer) -> str | bytes:
    generator: Any = Schema.generator_class()
    text: str | bytes = form.render(generator.get_schema(public=True), None, {})
    return text


def _advice(path: str) -> str:
    if resolve(f"{path}/").url_name == NOWHERE:
        return "There is nothing at this address."
    return f"There is nothing at this address; {path}/ ends in a slash."
