"""The home of the redirect: ``/r/CODE`` counts a click and leads to the landing page."""

import logging
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, unquote_plus

from aiohttp import web

from domain.usecases.clicks.follow import Visit
from handlers.http.addresses import sender_of
from handlers.http.doors import HttpDoors
from handlers.http.found import sent_to
from handlers.http.previews import is_preview
from handlers.http.throttle import Throttle
from handlers.http.visits import VisitBuffer

COOKIE = "pb_clicks"
COOKIE_DAYS = 400
CODES_MAX = 20
FIRST_ANSWERS_KEPT = 1_024
"""New visitors of one link in one second get one answer, which is worded once."""
OWN_PARAMETERS = frozenset({"ref", "click_id"})

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_COOKIE_VALUE = re.compile(rf"(?:^|;)\s*{COOKIE}=([A-Za-z0-9._~-]{{1,4096}})\s*(?:;|$)", re.ASCII)
_PLAIN = re.compile(r"[!#-;=?-Z_a-z~\[\]]*", re.ASCII)

logger = logging.getLogger(__name__)


class Redirect:
    """Sends visitors to the landing page with the code and their signed first clicks."""

    def __init__(self, doors: HttpDoors, throttle: Throttle, visits: VisitBuffer) -> None:
        """Take what each visit needs, so that none of it is looked up again."""
        self._doors = doors
        self._throttle = throttle
        self._visits = visits
        self._first_answer = lru_cache(FIRST_ANSWERS_KEPT)(self._make_first_answer)

    async def follow(self, request: web.Request) -> web.Response:
        """Count a visit and send it on; machines are sent on only."""
        doors = self._doors
        sender = sender_of(request, doors.trusted_proxies)
        self._throttle.count(doors.limits.redirects, "redirects", sender)
        code = request.match_info["code"].lower()
        is_known, landing = await _landing_of(doors, code)
        query = request.rel_url.raw_query_string
        if not is_known:
            self._throttle.count(doors.limits.misses, "misses", sender)
            return sent_to(request, _with_query(landing, query) if landing else doors.bot_link())
        now = doors.clock().replace(microsecond=0)
        is_visit = request.method == "GET" and not is_preview(request.headers)
        if not is_visit:
            return sent_to(request, self._answer(code, landing, query, {code: now})[0])
        self._keep(Visit(code, now))
        clicks = _first_clicks(doors, request, code, now)
        if clicks is None and not query:
            return sent_to(request, *self._first_answer(code, landing, now))
        return sent_to(request, *self._answer(code, landing, query, clicks or {code: now}))

    def _answer(
        self, code: str, landing: str, query: str, clicks: Mapping[str, datetime]
    ) -> tuple[str, str]:
        """Return where a visitor is sent, and the cookie that remembers the clicks."""
        doors = self._doors
        token = doors.tokens.write(clicks)
        if landing:
            target = _with_query(landing, query, f"ref={code}&click_id={token}")
        else:
            target = f"{doors.bot_link()}?start=r_{code}"
        return target, _cookie(doors, token)

    def _make_first_answer(self, code: str, landing: str, now: datetime) -> tuple[str, str]:
        return self._answer(code, landing, "", {code: now})

    def _keep(self, visit: Visit) -> None:
        if self._throttle.allows(self._doors.limits.codes, "codes", visit.code):
            self._visits.add(visit)
        else:
            self._doors.metrics.visits_over_limit.inc()


async def _landing_of(doors: HttpDoors, code: str) -> tuple[bool, str]:
    """Return whether the code is known, and where it leads.

    While the database is away, a code that looks like one is taken for known: what its token is
    worth is decided at the registration.
    """
    if not _CODE.fullmatch(code):
        return False, doors.landing_url
    try:
        program = await doors.resolve_code(code)
    except doors.outages:
        logger.exception("a code could not be looked up; its visitor is sent on")
        return True, doors.landing_url
    if program is None:
        return False, doors.landing_url
    return True, program.landing_url or doors.landing_url


def _first_clicks(
    doors: HttpDoors, request: web.Request, code: str, now: datetime
) -> Mapping[str, datetime] | None:
    """Return the visitor's first click per code, oldest first, with this one among them (R3).

    ``None`` for a new visitor.
    """
    header = request.headers.get("Cookie", "")
    match = _COOKIE_VALUE.search(header) if COOKIE in header else None
    known = doors.tokens.read(match[1]) if match else None
    if not known:
        return None
    clicks = dict(known)
    clicks.setdefault(code, now)
    return dict(list(clicks.items())[-CODES_MAX:])


def _cookie(doors: HttpDoors, token: str) -> str:
    secure = "; Secure" if doors.public_url.startswith("https:") else ""
    age = COOKIE_DAYS * 86_400
    return f"{COOKIE}={token}; Max-Age={age}; Path=/r/; HttpOnly; SameSite=Lax{secure}"


def _with_query(landing: str, query: str, own: str = "") -> str:
    """Return the landing URL with the visitor's parameters and ours behind its own."""
    base, fragment = _split(landing)
    parts = [part for part in (*_foreign(query), own) if part]
    if not parts:
        return base + fragment
    return f"{base}{'&' if '?' in base else '?'}{'&'.join(parts)}{fragment}"


@lru_cache(maxsize=64)
def _split(landing: str) -> tuple[str, str]:
    """Return the URL without our parameters and without fragment, and the fragment."""
    whole, mark, fragment = landing.partition("#")
    base, _, query = whole.partition("?")
    kept = "&".join(_foreign(query))
    return (f"{base}?{kept}" if kept else base), mark + fragment


def _foreign(query: str) -> list[str]:
    """Return the parameters that are not ours, each as it was written."""
    if not query:
        return []
    return [
        part if _PLAIN.fullmatch(part) else quote(part, safe="%=:/?@!$'()*+,;", errors="replace")
        for part in query.split("&")
        if part and unquote_plus(part.partition("=")[0]) not in OWN_PARAMETERS
    ]
