"""The home of the public page where anybody verifies a certificate (R43)."""

from aiohttp import web

from domain.entities.certificate import CertificateStatus
from domain.usecases.certificates.verify import Verification
from handlers.http.doors import DOORS
from handlers.http.pages import count_page
from handlers.http.rendering import language_of, page
from handlers.ui.html import Html
from handlers.ui.language import Language

TYPED_LENGTH_MAX = 40


async def verify_certificate(request: web.Request) -> web.Response:
    """Tell what a number stands for; without one, ask for it.

    Nothing is kept by the browser: a certificate may be revoked at any moment.
    """
    count_page(request)
    doors, language = request.app[DOORS], language_of(request)
    typed = request.match_info.get("number") or request.query.get("number", "")
    typed = typed.strip()[:TYPED_LENGTH_MAX]
    found = await doors.verify_certificate(typed) if typed else None
    is_unknown = bool(typed) and found is None
    heading, lead = _told(language, found, typed)
    program = doors.programs.get(found.program) if found else None
    response = page(
        request,
        "certificate.html",
        language,
        {
            "path": f"/certificates/{found.number}" if found else "/certificates",
            "title": heading,
            "heading": heading,
            "lead": lead,
            "description": lead,
            "brand": language.say("Partner programs"),
            "found": found,
            "typed": found.number if found else typed,
            "mark": _mark(found, typed),
            "program_title": program.text(language.code).title if program else "",
            "tier": program.tier_name(found.tier, language.code)
            if program and found and found.tier
            else "",
            "issued": language.long_day(found.issued_at.astimezone(language.zone).date())
            if found
            else "",
        },
        status=web.HTTPNotFound.status_code if is_unknown else web.HTTPOk.status_code,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _mark(found: Verification | None, typed: str) -> str:
    if not typed:
        return ""
    if found is None:
        return "unknown"
    return found.status.value


def _told(language: Language, found: Verification | None, typed: str) -> tuple[Html, Html]:
    """Return heading and sentence."""
    say = language.say
    if not typed:
        return (
            say("Verify a certificate"),
            say("Enter the number that stands on it: twelve letters and digits."),
        )
    if found is None:
        return (
            say("There is no such certificate"),
            say("Check the number: one wrong sign is enough."),
        )
    match found.status:
        case CertificateStatus.VALID:
            return say("The certificate is valid"), say("It holds today.")
        case CertificateStatus.REPLACED:
            return (
                say("The certificate is out of date"),
                say(
                    "The partner’s name or tier has changed since. "
                    "Ask the partner for the one that holds today."
                ),
            )
        case CertificateStatus.REVOKED:
            return (
                say("The certificate is revoked"),
                say("Its holder takes no part in the program now."),
            )
