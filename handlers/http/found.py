"""The home of the answer that sends a visitor on, written in one piece."""

from functools import lru_cache

from aiohttp import HttpVersion11, hdrs, web
from aiohttp.helpers import rfc822_formatted_time

from handlers.http.headers import REFERRER_POLICY, SERVER

_HEADERS = {
    hdrs.CACHE_CONTROL: "no-store",
    hdrs.REFERRER_POLICY: REFERRER_POLICY,
    hdrs.SERVER: SERVER,
}
_HEAD = "HTTP/1.1 302 Found\r\n" + "".join(
    f"{name}: {value}\r\n" for name, value in _HEADERS.items()
)


def sent_to(request: web.Request, location: str, cookie: str | None = None) -> web.Response:
    """Return what sends a visitor to a place, with no more than one cookie.

    Raises:
        ValueError: the place has a line break, which would begin another header.
    """
    if "\r" in location or "\n" in location:
        raise ValueError("a location is one line")
    if request.version == HttpVersion11 and request.keep_alive and request.method == hdrs.METH_GET:
        return _AtOnce(_head(location, cookie))
    headers = {**_HEADERS, hdrs.LOCATION: location}
    if cookie is not None:
        headers[hdrs.SET_COOKIE] = cookie
    return web.Response(status=302, headers=headers)


@lru_cache(maxsize=1_024)
def _head(location: str, cookie: str | None) -> str:
    with_cookie = f"{hdrs.SET_COOKIE}: {cookie}\r\n" if cookie is not None else ""
    return f"{_HEAD}{hdrs.LOCATION}: {location}\r\n{with_cookie}{hdrs.CONTENT_LENGTH}: 0\r\n"


class _AtOnce(web.Response):
    """The same answer on a connection that is kept: its head is text, and no table of headers.

    Half of the time of a visit went into that table: made, completed, checked and written out by
    aiohttp for each visitor, though only two of its lines ever differ.
    """

    def __init__(self, head: str) -> None:
        super().__init__(status=302)
        self._keep_alive = True
        self._head = head

    async def prepare(self, request: web.BaseRequest) -> None:
        """Write the answer."""
        transport = request.transport
        if transport is None or transport.is_closing():
            raise ConnectionResetError("the visitor has left")
        transport.write(f"{self._head}{hdrs.DATE}: {rfc822_formatted_time()}\r\n\r\n".encode())

    async def write_eof(self, data: bytes = b"") -> None:
        """End it: it has no body."""
