"""The home of the page of an invitation: registering by it, and wanting no more of them."""

from aiohttp import web

from domain.errors import DomainError
from domain.usecases.inviting.accept import Invited
from handlers.http.doors import DOORS
from handlers.http.pages import count_page
from handlers.http.previews import is_preview
from handlers.http.rendering import language_of, page
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.links import telegram_link
from handlers.ui.refusals import refusal_screen

TYPED_MAX = 300
VOID = "client_invitation_void"


async def show_invitation(request: web.Request) -> web.Response:
    """Show who invites, and the form; a person's visit is a click."""
    count_page(request)
    accept, token = request.app[DOORS].accept_invitation, request.match_info["token"]
    is_person = request.method == "GET" and not is_preview(request.headers)
    try:
        invited = await (accept.open(token) if is_person else accept.show(token))
    except DomainError as refusal:
        return _refused(request, refusal)
    return _form(request, invited, {"name": invited.name, "phone": ""})


async def register(request: web.Request) -> web.Response:
    """Register by the form; what is wrong is said beside it, and nothing typed is lost."""
    count_page(request)
    doors, token, language = request.app[DOORS], request.match_info["token"], language_of(request)
    given = await request.post()
    typed = {name: str(given.get(name, ""))[:TYPED_MAX] for name in ("name", "phone")}
    try:
        if given.get("consent") != "yes":
            invited = await doors.accept_invitation.show(token)
            problem = language.say("Please agree first: without it nothing can be stored.")
            return _form(request, invited, typed, problem)
        result = await doors.accept_invitation(token, **typed)
    except DomainError as refusal:
        if refusal.code == VOID:
            return _refused(request, refusal)
        invited = await doors.accept_invitation.show(token)
        return _form(request, invited, typed, refusal_screen(language, refusal).text)
    say = language.say
    if result.client is None:
        return _told(
            request, say("You are registered already"), say("This invitation changes nothing.")
        )
    lead = say("Invited by: {name}", name=result.partner_name)
    told = say("Your client ID: {id}", id=result.client.shown_id)
    return _told(request, say("You are registered"), lead, told)


async def ask_to_stop(request: web.Request) -> web.Response:
    """Ask before anything is stopped: programs that read e-mail open every link."""
    count_page(request)
    say = language_of(request).say
    return _page(
        request,
        say("No more invitations?"),
        say("Nobody can send you an invitation from here any more."),
        {"stop": True},
    )


async def stop(request: web.Request) -> web.Response:
    """Send no more invitations to this address."""
    count_page(request)
    say = language_of(request).say
    try:
        await request.app[DOORS].accept_invitation.stop(request.match_info["token"])
    except DomainError as refusal:
        return _refused(request, refusal)
    return _told(
        request, say("Done"), say("You get no invitations from here any more, whoever sends them.")
    )


def _form(
    request: web.Request, invited: Invited, typed: dict[str, str], problem: Html | None = None
) -> web.Response:
    language = language_of(request)
    texts, link = invited.program.text(language.code), request.app[DOORS].bot_link()
    username, token = link.rpartition("/")[2], request.match_info["token"]
    heading = language.say("{name} invites you", name=invited.partner.name)
    values = {
        "form": True,
        "typed": typed,
        "address": invited.address,
        "problem": problem,
        "partner": invited.partner.name,
        "in_telegram": telegram_link(username, f"i_{token}") if username else "",
    }
    return _page(request, heading, texts.client_offer or texts.summary, values)


def _told(
    request: web.Request, heading: Html, lead: Html, more: Html | None = None
) -> web.Response:
    return _page(request, heading, lead, {"more": more})


def _refused(request: web.Request, refusal: DomainError) -> web.Response:
    language = language_of(request)
    text = refusal_screen(language, refusal).text
    heading = language.say("This invitation is not valid")
    return _page(request, heading, text, {}, status=web.HTTPGone.status_code)


def _page(
    request: web.Request,
    heading: Html | str,
    lead: Html | str,
    values: dict[str, object],
    *,
    status: int = 200,
) -> web.Response:
    """Return the page; it is one person's own, so nobody keeps a copy of it."""
    language: Language = language_of(request)
    programs = list(request.app[DOORS].programs.values())
    brand = programs[0].text(language.code).title if len(programs) == 1 else heading
    shared: dict[str, object] = {
        "path": None,
        "own_path": request.path,
        "title": heading,
        "heading": heading,
        "lead": lead,
        "brand": brand,
        "form": False,
        "stop": False,
        "more": None,
    }
    shown = page(request, "invitation.html", language, shared | values, status=status)
    shown.headers["Cache-Control"] = "no-store"
    shown.headers["Referrer-Policy"] = "no-referrer"
    shown.headers["X-Robots-Tag"] = "noindex"
    return shown
