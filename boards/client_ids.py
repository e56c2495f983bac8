"""What others know a tab by.

Everybody on a board sees the client id of everybody, and bans and undoing go by it. So
the id that a page tells in `hello` is a key, which begins with `tab:`: others are told
a keyed hash of it, which begins so as well. Whoever tells that hash as their own is
known by the hash of it, so nobody can pass for another's tab. Programs may choose a
plain name, which protects nothing and is shown as it is.
"""

from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac

KEY = "tab:"
SALT = "chalkline.client"
N_BYTES = 21  # 168 bits: no two are the same


def shown(client: str) -> str:
    """The id that others see of somebody who told this one."""
    if not client.startswith(KEY):
        return client
    digest = salted_hmac(SALT, client, algorithm="sha256").digest()[:N_BYTES]
    return KEY + urlsafe_b64encode(digest).decode()
