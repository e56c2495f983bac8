"""Content negotiation that always finds an answer: JSON, where nothing else fits."""

from collections.abc import Sequence

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class Willing(DefaultContentNegotiation):
    """Never 406 and never 415: a refusal's words help more than an empty one."""

    def select_parser(
        self, _request: Request, parsers: Sequence[BaseParser]
    ) -> BaseParser:
        """The first parser, whatever the body says it is."""
        return parsers[0]

    def select_renderer(
        self,
        request: Request,
        renderers: Sequence[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """What the caller accepts, else the first renderer."""
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type
