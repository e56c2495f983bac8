"""The API in a browser: each reply as a page, with a field for raw JSON.

The forms are left out: they would post form fields, and the API speaks JSON only.
"""

from rest_framework.renderers import BrowsableAPIRenderer


class Browsable(BrowsableAPIRenderer):
    """The framework's own page without HTML forms."""

    def get_rendered_html_form(self, *_args: object) -> str:
        """No form."""
        return ""
