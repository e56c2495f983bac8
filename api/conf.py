"""What Django REST framework and drf-spectacular are told; read by the settings.

Names classes by path and imports nothing, so that settings can import it. The throttle
rates are settings of their own (`BOARD_THROTTLE_*`), see `api.throttles`.
"""

DESCRIPTION = """\
Boards are journals of numbered entries. Programs create a board, draw on it by sending
changes and read it back as entries, as a snapshot or as a list of elements. What one
draws here, everybody on the board's socket sees at once, and the other way round.

Who may do what: `Authorization: Bearer <owner key>` owns the board it was given for; a
browser owns the boards it created, by its cookie (unsafe calls then need
`X-CSRFToken`); everybody else has what `link_role` gives to whoever knows the address.

Every refusal has one shape: `{"error": {"code", "detail", …}}`.
"""


def rest_framework(*, n_proxies: int = 0) -> dict[str, object]:
    """The `REST_FRAMEWORK` setting.

    Args:
        n_proxies: how many proxies in front of us write `X-Forwarded-For`; with 0 the
            header is not believed and the socket's address counts for throttles.
    """
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.Shown"],
        "DEFAULT_PERMISSION_CLASSES": [],  # the grant decides, in `boards.access`
        "DEFAULT_THROTTLE_CLASSES": [
            "api.throttles.ReadByAddress",
            "api.throttles.WriteByAddress",
            "api.throttles.ReadByKey",
            "api.throttles.WriteByKey",
            "api.throttles.ReadByPerson",
            "api.throttles.WriteByPerson",
        ],
        "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.negotiation.Willing",
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_RENDERER_CLASSES": [
            "rest_framework.renderers.JSONRenderer",
            "api.browsable.Browsable",
        ],
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_PAGINATION_CLASS": None,
        "EXCEPTION_HANDLER": "api.errors.reply",
        "NUM_PROXIES": n_proxies,
        "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    }


SPECTACULAR: dict[str, object] = {
    "TITLE": "Chalkline",
    "DESCRIPTION": DESCRIPTION,
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",  # JSON Schema as the protocol's structs describe themselves
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",  # nothing is loaded from another host
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "AUTHENTICATION_WHITELIST": ["api.authentication.Shown"],
    "PREPROCESSING_HOOKS": ["api.schema.only_calls"],
    "POSTPROCESSING_HOOKS": ["api.schema.add_components"],
}
