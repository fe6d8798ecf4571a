"""The home of looking at a paper in a browser: a page that asks, then the paper, once (A14)."""

from aiohttp import web

from domain.errors import DomainError
from handlers.http.doors import DOORS
from handlers.http.pages import count_page
from handlers.http.rendering import language_of, page
from handlers.ui.html import Html
from handlers.ui.paper_words import paper_kind, sent_name
from handlers.ui.refusals import refusal_screen

NOBODY_KEEPS = {
    "Cache-Control": "no-store, private, max-age=0",
    "Pragma": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
AS_IT_IS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Styles of its own are what the browser shows a picture or a PDF with.
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; object-src 'self'; "
    "style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}


async def ask_to_look(request: web.Request) -> web.Response:
    """Ask for a press: programs that read messages open every link, and looking counts once."""
    count_page(request)
    language = language_of(request)
    try:
        paper = await request.app[DOORS].follow_paper_link.show(request.match_info["token"])
    except DomainError as refusal:
        return _void(request, refusal)
    heading = language.say(
        "{kind}, page {page}", kind=paper_kind(language, paper.kind), page=paper.page
    )
    lead = language.say("It is shown once. Your look is written into the audit trail.")
    return _page(request, heading, lead, is_open=True)


async def show_paper(request: web.Request) -> web.Response:
    """Show the paper, and never again by this link."""
    count_page(request)
    try:
        opened = await request.app[DOORS].follow_paper_link(request.match_info["token"])
    except DomainError as refusal:
        return _void(request, refusal)
    name = sent_name(opened.paper)
    return web.Response(
        body=opened.data,
        content_type=opened.paper.media_type.value,
        headers={
            **NOBODY_KEEPS,
            **AS_IT_IS,
            "Content-Disposition": f'inline; filename="{name}"',
        },
    )


def _void(request: web.Request, refusal: DomainError) -> web.Response:
    language = language_of(request)
    text = refusal_screen(language, refusal).text
    heading = language.say("This paper cannot be shown")
    return _page(request, heading, text, is_open=False, status=web.HTTPGone.status_code)


def _page(
    request: web.Request, heading: Html, lead: Html, *, is_open: bool, status: int = 200
) -> web.Response:
    values: dict[str, object] = {
        "path": None,
        "own_path": request.path,
        "title": heading,
        "heading": heading,
        "lead": lead,
        "brand": heading,
        "is_open": is_open,
    }
    shown = page(request, "paper.html", language_of(request), values, status=status)
    shown.headers.update(NOBODY_KEEPS)
    return shown
