"""httpx for servers of our own, which speak plain HTTP.

httpx reads all certificate authorities for each client that it makes, and makes one for
each call: forty milliseconds of processor time, again and again while a server boots.
"""

import ssl
from functools import partial

import httpx

_NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # it trusts nobody

get = partial(httpx.get, verify=_NO_AUTHORITIES)
post = partial(httpx.post, verify=_NO_AUTHORITIES)
patch = partial(httpx.patch, verify=_NO_AUTHORITIES)
delete = partial(httpx.delete, verify=_NO_AUTHORITIES)
request = partial(httpx.request, verify=_NO_AUTHORITIES)
Client = partial(httpx.Client, verify=_NO_AUTHORITIES)
AsyncClient = partial(httpx.AsyncClient, verify=_NO_AUTHORITIES)
