"""The page of the connection check."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LAYERS = {
    "memory": "in memory: one process, nothing to set up",
    "redis": "Redis, the core layer",
    "pubsub": "Redis, publish and subscribe",
}


def check_page(request: HttpRequest) -> HttpResponse:
    """The page; its script opens the two sockets."""
    context = {"layer": LAYERS[settings.BOARD_LAYER], "debug": settings.DEBUG}
    return render(request, "check.html", context)
