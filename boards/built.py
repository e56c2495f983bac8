"""Files of the built front end that the server itself reads.

They come from where its scripts are served, so that both are of one build.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders


def built(name: str) -> str | None:
    """Give the text of a built file; None without a build."""
    collected = str(Path(settings.STATIC_ROOT) / name)
    path = finders.find(name) if settings.DEBUG else collected
    if path is None or not Path(path).is_file():
        return None
    return Path(path).read_text()
