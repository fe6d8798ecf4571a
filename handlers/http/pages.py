"""The home of the few pages without a program behind them: the start and the errors."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from aiohttp import web

from handlers.http.doors import DOORS

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<h1>{title}</h1>
</html>
"""


async def show_start(request: web.Request) -> web.Response:
    """Name the program."""
    return _page(request.app[DOORS].title or "Partner Bot", 200)


def plain_page(status: int, headers: Mapping[str, str] | None = None) -> web.Response:
    """Return a page that names an error and nothing else."""
    return _page(f"{status} {HTTPStatus(status).phrase}", status, headers)


def _page(title: str, status: int, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(
        text=_PAGE.format(title=escape(title)),
        status=status,
        content_type="text/html",
        headers=headers,
    )
