"""What pages may ask of a browser: next to nothing (`Permissions-Policy`).

A board needs the clipboard and the whole screen. Whatever else there is stays off, also
for a script that got in, and for whoever frames a board. Used by the settings.
"""

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

OFF = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "magnetometer"),
    *("microphone", "midi", "payment", "publickey-credentials-get", "serial"),
    *("usb", "xr-spatial-tracking"),
)
POLICY = ", ".join(
    [
        *(f"{name}=()" for name in OFF),
        *("clipboard-read=(self)", "clipboard-write=(self)", "fullscreen=(self)"),
    ]
)
HEADER = "Permissions-Policy"


@sync_and_async_middleware
def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Django middleware that sets the header."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            response: HttpResponse = await get_response(request)
            response.headers.setdefault(HEADER, POLICY)
            return response

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, POLICY)
        return response

    return answer
