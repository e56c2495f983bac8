"""Content negotiation that always finds an answer: JSON, where nothing else fits."""

from collections.abc import Iterable

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class Willing(DefaultContentNegotiation):
    """Never 406: a refusal's words help more than an empty one."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """What the caller accepts, else the first renderer."""
        known = list(renderers)
        try:
            chosen: tuple[BaseRenderer, str] = super().select_renderer(
                request, known, format_suffix
            )
        except NotAcceptable:
            chosen = known[0], known[0].media_type
        return chosen
