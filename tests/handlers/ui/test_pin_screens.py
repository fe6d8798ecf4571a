"""Every screen about named clients in every language: nothing in English, nothing too long."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.entities.page import Page
from domain.entities.partner import Enrolment, EnrolmentStatus, Partner
from domain.entities.pin import Pin, PinProof, PinReason, PinStatus, PinView
from domain.entities.views import Entitlement
from domain.errors import NotFound
from domain.programs.model_pinning import Pinning
from domain.rules.pinning import (
    BadPinnedAccount,
    NotProtected,
    PinnerNotActive,
    PinningOff,
    PinNotYours,
    PinVoid,
    TooManyPins,
)
from domain.usecases.pins.answer import PinRequest
from domain.usecases.profile.show import Profile
from handlers.client.pin_screens import answered_screen, contact_screen, request_screen
from handlers.partner.screens.pins import (
    account_question,
    form_left,
    pin_screen,
    pins_screen,
    release_question,
)
from handlers.partner.screens.profile import profile_screen
from handlers.staff.screens.pins import end_question, link_screen, pin_lines
from handlers.ui.callbacks_pins import StaffPin
from handlers.ui.language import Language, Languages
from handlers.ui.notices import notice_screen
from handlers.ui.refusals import refusal_screen
from handlers.ui.screen import Screen
from tests.domain.builders import saas_tiers

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
LATIN = re.compile(r"[A-Za-z]{3,}")
SAME = re.compile(r"<[^>]+>|https?://\S+|/[a-z]+|\bTelegram\b|\bID\b|\bk4m7xw2a\b")
PIN = Pin(
    id=7,
    enrolment_id=1,
    program="saas-tiers",
    account_id="31415",
    client_id=3,
    status=PinStatus.ACTIVE,
    created_by=5,
    created_at=AT,
    expires_at=AT,
    answered_at=AT,
    ended_at=AT,
)
VIEW = PinView(
    pin=PIN,
    client_name="Ая",
    client_shown_id="42",
    is_reported=True,
    is_paying=True,
    is_active=True,
    deleted_at=AT,
    code="k4m7xw2a",
    claim_id=9,
    key="0f",
)


def _views() -> list[PinView]:
    pins = [
        replace(PIN, status=status, reason=reason, proof=proof)
        for status in PinStatus
        for reason in (None, *PinReason)
        for proof in PinProof
    ]
    views = [replace(VIEW, pin=pin) for pin in pins]
    unknown = replace(VIEW, is_reported=False, is_paying=False, claim_id=None)
    return [*views, *(replace(unknown, pin=pin) for pin in pins)]


def _screens(language: Language) -> list[Screen]:
    page = Page(rows=[VIEW], following=None)
    request = PinRequest(pin=PIN, partner_name="Ая", key="0f", needs_phone=True)
    press = StaffPin(action="ask", pin_id=7, client_id=3)
    found = [
        account_question(language, Pinning(account_format="1", account_example="1")),
        pins_screen(language, page, is_first=True),
        pins_screen(language, Page(rows=[], following=None), is_first=True),
        form_left(language),
        request_screen(language, request, None),
        contact_screen(language),
        end_question(language, press),
        link_screen(language, VIEW, "b"),
        *(_profile(language, free) for free in (None, _free())),
    ]
    for view in _views():
        found += [pin_screen(language, view, "b"), release_question(language, view)]
        found += [answered_screen(language, view.pin)]
        found += [Screen(line) for line in pin_lines(language, [view]) if line]  # type: ignore[arg-type]
    return found + _told(language)


def _free() -> Entitlement:
    return Entitlement(program="saas-tiers", account_id="1", since=AT, active_clients=2)


def _profile(language: Language, free: Entitlement | None) -> Screen:
    enrolment = Enrolment(
        id=1,
        partner_id=1,
        program="saas-tiers",
        code="k4m7xw2a",
        status=EnrolmentStatus.ACTIVE,
        terms_version=1,
        joined_at=AT,
    )
    partner = Partner(id=1, name="Ая", vendor_account_id="1", created_at=AT)
    profile = Profile(
        partner=partner,
        here=enrolment,
        enrolments=[enrolment],
        members=1,
        admins=1,
        free=free,
        gives_free=True,
    )
    return profile_screen(language, profile, {"saas-tiers": saas_tiers()})


def _told(language: Language) -> list[Screen]:
    """Return notices and refusals."""
    params: dict[str, object] = {"account": "1", "pin_id": 7, "partner": "Ая"}
    told = []
    for kind in ("pin_asked", "pin_made", "pin_answered", "pin_ended"):
        for status in ("active", "commission_only", "refused"):
            for reason in PinReason:
                more = {"status": status, "reason": reason.value}
                told.append(notice_screen(language, kind, params | more, None))
    told += [
        notice_screen(language, kind, {}, None)
        for kind in ("entitlement_started", "entitlement_ended")
    ]
    refusals = [
        PinningOff(),
        *(PinnerNotActive(status=status) for status in ("suspended", "ended")),
        *(BadPinnedAccount(limit=128, example=example) for example in (None, "1")),
        *(TooManyPins(limit=limit, possible_at=AT) for limit in (1, 2, 5)),
        PinVoid(),
        PinNotYours(),
        NotProtected(),
        NotFound(pin=7),
    ]
    told += [refusal_screen(language, refusal) for refusal in refusals]
    return [screen for screen in told if screen is not None]


@pytest.mark.parametrize("code", ["en", "ru", "uk", "bg"])
def test_every_screen_is_whole_in_every_language(code: str) -> None:
    language = Languages("en", UTC).of(code)
    for screen in _screens(language):
        buttons = [button for row in screen.rows for button in row]
        assert 0 < len(screen.text) < 4_096
        for button in buttons:
            assert len(button.text) <= 64
            assert button.data is None or len(button.data.pack()) <= 64
            assert button.made()
        texts = [str(screen.text), *(button.text for button in buttons)]
        left = {word for text in texts for word in LATIN.findall(SAME.sub(" ", text))}
        assert code == "en" or not left, left
