"""The home of the public pages: what the programs offer, the calculator, and errors."""

from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import web

from domain.errors import DomainError
from domain.programs.model import JoiningMode, Program
from domain.usecases.calculator.forecast import Expectation, Forecast
from handlers.http.addresses import sender_of
from handlers.http.doors import DOORS, THROTTLE
from handlers.http.rendering import language_of, page
from handlers.ui.documents import needs_of
from handlers.ui.earnings import highest_rate, tier_words, way_names
from handlers.ui.language import Language
from handlers.ui.program_notes import notes_of
from handlers.ui.refusals import refusal_screen

TYPED_LENGTH_MAX = 24


async def show_start(request: web.Request) -> web.Response:
    """Show what is offered, what it would bring, and how to join."""
    count_page(request)
    doors, language = request.app[DOORS], language_of(request)
    programs = list(doors.programs.values())
    chosen = doors.programs.get(request.query.get("program", ""), programs[0])
    say = language.say
    is_only = len(programs) == 1
    texts = programs[0].text(language.code)
    heading = texts.title if is_only else say("Bring clients and earn from what they pay")
    lead = (
        texts.summary
        if is_only
        else say("Choose a program, get your link in Telegram and watch your earnings grow.")
    )
    return page(
        request,
        "home.html",
        language,
        {
            "path": "/",
            "description": lead,
            **_head(request, language, heading, lead),
            "programs": programs,
            **_offer(request, language, chosen),
        },
    )


async def show_program(request: web.Request) -> web.Response:
    """Show everything about one program."""
    count_page(request)
    doors, language = request.app[DOORS], language_of(request)
    program = doors.programs.get(request.match_info["key"])
    if program is None:
        raise web.HTTPNotFound
    texts = program.text(language.code)
    return page(
        request,
        "program.html",
        language,
        {
            "path": f"/programs/{program.key}",
            "description": texts.summary,
            **_head(request, language, texts.title, texts.summary),
            "programs": list(doors.programs.values()),
            "texts": texts,
            "since": language.day(program.version_date) if program.version_date else None,
            **_offer(request, language, program),
        },
    )


async def show_documents(request: web.Request) -> web.Response:
    """Show what a program asks of applicants, by legal form, before any registration (R31)."""
    count_page(request)
    doors, language = request.app[DOORS], language_of(request)
    program = doors.programs.get(request.match_info["key"])
    if program is None:
        raise web.HTTPNotFound
    say, title = language.say, program.text(language.code).title
    heading = say("Papers to join: {title}", title=title)
    lead = say("What each legal form hands in, and what the application asks.")
    return page(
        request,
        "documents.html",
        language,
        {
            "path": f"/programs/{program.key}/documents",
            "description": lead,
            **_head(request, language, heading, lead),
            "program": program,
            "needs": needs_of(language, program),
        },
    )


def count_page(request: web.Request) -> None:
    """Let one address read so many pages in a while."""
    doors = request.app[DOORS]
    sender = sender_of(request, doors.trusted_proxies)
    request.app[THROTTLE].count(doors.limits.pages, "pages", sender)


def _head(request: web.Request, language: Language, heading: str, lead: str) -> dict[str, object]:
    programs = list(request.app[DOORS].programs.values())
    is_only = len(programs) == 1
    brand = programs[0].text(language.code).title if is_only else language.say("Partner programs")
    return {"title": heading, "heading": heading, "lead": lead, "brand": brand}


def _offer(request: web.Request, language: Language, program: Program) -> dict[str, object]:
    """Return the calculator's input and result beside the facts of the program."""
    forecast_earnings = request.app[DOORS].forecast_earnings
    usual = forecast_earnings(program.key)
    given = {
        name: text[:TYPED_LENGTH_MAX]
        for name in ("clients", "bill")
        if (text := request.query.get(name))
    }
    problem = None
    forecast: Forecast = usual
    try:
        forecast = forecast_earnings(program.key, Expectation(**given))
    except DomainError as refusal:
        problem = refusal_screen(language, refusal).text
    typed = {"clients": str(usual.clients), "bill": str(usual.bill)} | given
    return {
        "program": program,
        "rate": highest_rate(program),
        "typed": typed,
        "forecast": forecast,
        "problem": problem,
        "way_names": way_names(language, forecast),
        "notes": notes_of(language, program),
        "tier": tier_words(language, forecast),
        "by_application": program.joining is JoiningMode.APPLICATION,
    }


def problem_page(
    request: web.Request, status: int, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Return a page that says what went wrong and leads back."""
    language = language_of(request)
    say = language.say
    match status:
        case HTTPStatus.NOT_FOUND:
            heading = say("There is no such page")
            lead = say("The address may be old or mistyped.")
        case HTTPStatus.TOO_MANY_REQUESTS:
            heading = say("Too many requests")
            lead = say("Please wait a minute and try again.")
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            heading = say("Something went wrong on our side")
            lead = say("Nothing is lost. Please try again in a few minutes.")
        case _:
            heading = say("This request is not understood")
            lead = say("Please go to the first page and try again.")
    return page(
        request,
        "problem.html",
        language,
        {"path": None, **_head(request, language, heading, lead), "status": status},
        status=status,
        headers=headers,
    )
