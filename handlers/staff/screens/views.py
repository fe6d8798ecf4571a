"""The home of what staff see of partners, clients and the books."""

from collections.abc import Sequence

from domain.entities.views import ClientView, PartnerOverview
from domain.money import Money
from domain.programs.model import Program
from handlers.ui.html import Html, code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import not_attributed
from handlers.ui.screen import Screen

NAME_LENGTH = 60


def partner_screen(language: Language, view: PartnerOverview, program: Program | None) -> Screen:
    """Return a partner with figures and balance."""
    say, sheet, totals, enrolment = language.say, view.sheet, view.totals, view.enrolment

    def money(minor: int) -> Money:
        return Money(minor, sheet.currency)

    tier = program.tier_name(enrolment.tier, language.code) if program else enrolment.tier
    text = lines(
        say(
            "🤝 <b>{name}</b>, code {code}",
            name=short(view.partner.name, NAME_LENGTH),
            code=code(enrolment.code),
        ),
        say(
            "Program: {program}, status: {status}",
            program=enrolment.program,
            status=_status(language, enrolment.status.value),
        ),
        say("Members: {names}", names=short(", ".join(view.members), 200))
        if view.members
        else None,
        say("Own account with the vendor: {id}", id=code(view.partner.vendor_account_id or "—")),
        "",
        say(
            "Tier: {tier}, paying clients: {count}",
            tier=tier or "—",
            count=language.number(enrolment.paying_clients),
        ),
        say(
            "Clicks {clicks}, starts {starts}, registrations {registrations}",
            clicks=language.number(totals.clicks),
            starts=language.number(totals.starts),
            registrations=language.number(totals.registrations),
        ),
        "",
        say("Payable: {amount}", amount=money(sheet.payable)),
        say("On hold: {amount}", amount=money(sheet.held)),
        say("In pay-outs: {amount}", amount=money(sheet.reserved)),
        say("Paid: {amount}", amount=money(sheet.paid)),
        say(
            "Earned: {accrued}, taken back: {clawed_back}",
            accrued=money(sheet.accrued),
            clawed_back=money(sheet.clawed_back),
        ),
    )
    return Screen(text)


def _status(language: Language, status: str) -> Html:
    say = language.say
    words = {
        "active": say("🟢 active"),
        "suspended": say("🟡 suspended"),
        "ended": say("⚪️ ended"),
    }
    return words[status]


def client_screen(language: Language, view: ClientView, *, is_masked: bool) -> Screen:
    """Return a client with the partner that got it, or why nobody did."""
    say, client = language.say, view.client
    owners = [
        say("{program}: partner {code}", program=referral.program, code=code(partner_code))
        if partner_code
        else say(
            "{program}: no partner — {reason}",
            program=referral.program,
            reason=not_attributed(language, referral.reason.value) if referral.reason else "—",
        )
        for referral, partner_code in zip(view.referrals, view.codes, strict=True)
    ]
    if not owners and client.reason:
        owners = [
            say("No partner: {reason}", reason=not_attributed(language, client.reason.value))
        ]

    text = lines(
        say("🙋 <b>{name}</b>", name=short(client.name, NAME_LENGTH)),
        say("Client ID: {id}", id=code(client.shown_id)),
        say("E-mail: {email}", email=short(client.email or "—", 120)),
        say("Phone: {phone}", phone=short(client.phone or "—", 120)),
        say("Registered: {at}", at=client.registered_at),
        say("Deleted: {at}", at=client.deleted_at) if client.deleted_at else None,
        say("🔒 Your role sees personal data masked.") if is_masked else None,
        "",
        *owners,
    )
    return Screen(text)


def books_screen(language: Language, findings: Sequence[tuple[str, str, str, str]]) -> Screen:
    """Return the result of an audit of the books."""
    say = language.say
    if not findings:
        return Screen(say("📗 The books balance: every total equals its postings."))
    rows = [
        say(
            "• {check} {subject}: expected {expected}, found {found}",
            check=check,
            subject=subject,
            expected=expected,
            found=found,
        )
        for check, subject, expected, found in findings[:15]
    ]
    head = language.say_many(
        "📕 <b>{count} difference</b> in the books:",
        "📕 <b>{count} differences</b> in the books:",
        len(findings),
    )
    return Screen(lines(head, *rows))
