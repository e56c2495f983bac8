"""Django's settings: one file, every difference comes from the environment.

Wiring only. The variables, their types, bounds and defaults are in `board_server.env`;
`.env.example` lists them for people. Other packages read these settings at their edge
and pass values in; `boards.sync` never does.
"""

import os
import socket
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE

from api.conf import SPECTACULAR, rest_framework
from board_server.buckets import asset_storage
from board_server.databases import databases
from board_server.env import read_env
from board_server.layers import channel_layers
from board_server.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = read_env(os.environ)

DEBUG = ENV.django_debug
SECRET_KEY = ENV.django_secret_key
ALLOWED_HOSTS = ENV.allowed_hosts

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "boards",
    "api",
    "board_server",
]

MIDDLEWARE = [
    "board_server.operating.requests.request_ids",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "board_server.permissions.permissions_policy",
    "board_server.caching.private_answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

PORT = ENV.port  # read by `manage.py serve`
ROOT_URLCONF = "board_server.urls"
ASGI_APPLICATION = "board_server.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- data ---------------------------------------------------------------------------

DATABASES = databases(ENV, base=BASE_DIR)
CHANNEL_LAYERS = channel_layers(ENV)
# Only throttles count here, each process for itself: they hold when Redis is away.
# What callers only claim, a key for one, fills a cache of its own: made-up ones must
# not wash away how often their address has tried.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
    for name in ("default", "claims")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- static files: hashed names and compressed copies outside debug mode -----------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [path for path in [BASE_DIR / "frontend" / "dist"] if path.is_dir()]
# In debug mode files are found and served where they lie, without collecting them.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
# Never change: what is stored under a hashed name, and chunks, built with one.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(chunks/|.*\.[0-9a-f]{12}\.\w+$)"
STORAGES = {
    "assets": asset_storage(
        ENV.board_assets_url, folder=BASE_DIR / ENV.board_assets_dir
    ),
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- language and time --------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

# --- security -----------------------------------------------------------------------
# Whether a request came by HTTPS is said by the server (Daphne's --proxy-headers), so
# no header is trusted here.

SECURE_SSL_REDIRECT = ENV.board_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # platforms ask these by HTTP
SECURE_HSTS_SECONDS = 31_536_000 if ENV.board_https else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.board_https
SECURE_REFERRER_POLICY = "same-origin"  # a board's address is the right to open it
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_TRUSTED_ORIGINS = ENV.origins
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "style-src": [SELF, UNSAFE_INLINE],  # style attributes of the browsable API
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF, *ENV.origins],
    }
}

# --- REST ---------------------------------------------------------------------------

REST_FRAMEWORK = rest_framework(n_proxies=ENV.board_proxies)
SPECTACULAR_SETTINGS = SPECTACULAR

# --- logs ---------------------------------------------------------------------------

LOGGING = logging_config(ENV.board_log, ENV.board_log_level)

# --- operating ----------------------------------------------------------------------

BOARD_HOST = ENV.dyno or socket.gethostname()
BOARD_HOST_IS_OURS = bool(ENV.dyno)  # a dyno is one process: no port is needed
BOARD_METRICS_TOKEN = ENV.board_metrics_token
BOARD_REPORT_S = ENV.board_report_s

# --- the engine (read at the edge by boards, passed into boards.sync) ---------------

BOARD_LAYER = ENV.layer.value
BOARD_ORIGINS = ENV.origins
BOARD_PROXIES = ENV.board_proxies
BOARD_HEADS_POLL_MS = ENV.board_heads_poll_ms
BOARD_ANNOUNCE_S = ENV.board_announce_s
BOARD_PEER_EXPIRY_S = ENV.board_peer_expiry_s
BOARD_ROOM_IDLE_S = ENV.board_room_idle_s
BOARD_SNAPSHOT_EVERY = ENV.board_snapshot_every
BOARD_SUBMITS_PER_S = ENV.board_submits_per_s
BOARD_PERSON_SUBMITS_PER_S = ENV.board_person_submits_per_s
BOARD_ADDRESS_SUBMITS_PER_S = ENV.board_address_submits_per_s
BOARD_BOARD_SUBMITS_PER_S = ENV.board_board_submits_per_s
BOARD_ADDRESS_SOCKETS = ENV.board_address_sockets
BOARD_BOARD_SOCKETS = ENV.board_board_sockets
BOARD_LIVE_PER_S = ENV.board_live_per_s
BOARD_LIVE_MS = ENV.board_live_ms
BOARD_LIVE_FRAMES_PER_S = ENV.board_live_frames_per_s
BOARD_PING_S = ENV.board_ping_s
BOARD_UNREAD_BYTES = ENV.board_unread_bytes
BOARD_COMMIT_QUEUE = ENV.board_commit_queue
BOARD_COMMIT_QUEUE_BYTES = ENV.board_commit_queue_bytes
BOARD_COMMIT_WAIT_S = ENV.board_commit_wait_s
BOARD_DRAIN_S = ENV.board_drain_s
BOARD_THROTTLE_READ = ENV.board_throttle_read
BOARD_THROTTLE_WRITE = ENV.board_throttle_write
BOARD_THROTTLE_CREATE = ENV.board_throttle_create
BOARD_THROTTLE_UPLOAD = ENV.board_throttle_upload
BOARD_THROTTLE_REPORT = ENV.board_throttle_report
BOARD_AUDIT_DAYS = ENV.board_audit_days
BOARD_THROTTLE_LOGIN = ENV.board_throttle_login
BOARD_OWNED_BOARDS = ENV.board_owned_boards

# --- pictures (read by boards.assets.shelf) ------------------------------------------

BOARD_ASSET_BYTES = ENV.board_asset_bytes
BOARD_ASSET_PIXELS = ENV.board_asset_pixels
BOARD_ASSET_FRAMES = ENV.board_asset_frames
BOARD_ASSET_EDGE_PX = ENV.board_asset_edge_px
BOARD_ASSET_WORKERS = ENV.board_asset_workers
BOARD_ASSET_MEMORY_BYTES = ENV.board_asset_memory_bytes
BOARD_ASSET_S = ENV.board_asset_s
BOARD_ASSETS = ENV.board_assets
BOARD_ASSETS_BYTES = ENV.board_assets_bytes

# --- files that become boards ---------------------------------------------------------

BOARD_IMPORT_BYTES = ENV.board_import_bytes
