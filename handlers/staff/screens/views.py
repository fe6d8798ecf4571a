"""The home of what staff see of partners, clients and the books."""

from collections.abc import Sequence

from domain.entities.payout import IN_PROGRESS
from domain.entities.views import PaymentRow
from domain.money import Money
from domain.programs.model import Program
from domain.rights import may
from domain.usecases.clients.find import ClientFile
from domain.usecases.partners.find import PartnerFile
from handlers.staff.screens.payouts import payout_buttons
from handlers.staff.screens.pins import pin_buttons, pin_lines
from handlers.staff.screens.standing import standing_buttons
from handlers.ui.callbacks import EntryForm, FoundCard
from handlers.ui.callbacks_papers import PapersOf
from handlers.ui.html import Html, bold, code, lines, safe, short
from handlers.ui.language import Language
from handlers.ui.marks import earned_nothing, not_attributed, staff_payout_status
from handlers.ui.payout_card import number_of
from handlers.ui.screen import Button, Screen
from handlers.ui.team_words import member_role

NAME_LENGTH = 60
TEAM_SHOWN = 10


def partner_screen(language: Language, file: PartnerFile, program: Program | None) -> Screen:
    """Return a partner with figures, balance and what happened last."""
    say, view = language.say, file.overview
    enrolment, totals = view.enrolment, view.totals
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
        *_team(language, file),
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
        *_balance(language, file),
        *_payments(language, file.payments),
        *_payouts(language, file),
    )
    waiting = [view for view in file.payouts if view.payout.status in IN_PROGRESS]
    papers = view.partner.dossier_id
    rows = payout_buttons(language, waiting)
    if papers is not None:
        rows = (*rows, (Button(say("📁 Papers"), PapersOf(dossier_id=papers)),))
    standing = standing_buttons(language, file.role, enrolment.id, enrolment.status)
    return Screen(text, (*rows, *standing))


def _team(language: Language, file: PartnerFile) -> list[Html]:
    """Return who belongs to the partner, the oldest ones, with role and since when."""
    if not file.team:
        return []
    shown = [
        language.say(
            "• {name}: {role}, since {date}",
            name=short(member.name, NAME_LENGTH),
            role=member_role(language, member.role),
            date=language.date(member.joined_at),
        )
        for member in file.team[:TEAM_SHOWN]
    ]
    head = language.say_many("Team: {count} person", "Team: {count} people", len(file.team))
    return [head, *shown]


def _balance(language: Language, file: PartnerFile) -> tuple[Html | None, ...]:
    say, sheet = language.say, file.overview.sheet

    def money(minor: int) -> Money:
        return Money(minor, sheet.currency)

    return (
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


def _payments(
    language: Language, rows: Sequence[PaymentRow], *, named: bool = True
) -> list[Html | str]:
    """Return the newest payments, a line each: day, client, sum, what was earned by it."""
    if not rows:
        return []
    return [
        "",
        bold(language.say("Last payments")),
        *(_payment(language, row, named=named) for row in rows),
    ]


def _payment(language: Language, row: PaymentRow, *, named: bool) -> Html:
    say = language.say
    name = f"{short(row.client_name, 30)} · " if named else ""
    refunded = Money(row.refunded, row.currency)
    parts = [
        safe(language.money(Money(row.minor, row.currency))),
        say("earned {amount}", amount=Money(row.commission_minor, row.commission_currency))
        if row.commission_currency
        else say("nothing earned: {reason}", reason=earned_nothing(language, row.reason) or "—"),
    ]
    if row.refunded:
        parts.append(say("refunded {amount}", amount=refunded))
    return Html(f"{language.date(row.paid_at)} · {safe(name)}{' · '.join(parts)}")


def _payouts(language: Language, file: PartnerFile) -> list[Html | str]:
    if not file.payouts:
        return []
    rows = [
        Html(
            f"{language.date(view.payout.requested_at)} · {number_of(view.payout.id)} · "
            f"{language.money(view.payout.amount)} · "
            f"{staff_payout_status(language, view.payout.status)}"
        )
        for view in file.payouts
    ]
    return ["", bold(language.say("Last pay-outs")), *rows]


def _status(language: Language, status: str) -> Html:
    say = language.say
    words = {
        "active": say("🟢 active"),
        "suspended": say("🟡 suspended"),
        "ended": say("⚪️ ended"),
    }
    return words[status]


def client_screen(language: Language, file: ClientFile) -> Screen:
    """Return a client with the partner that got it, or why nobody did, and what it paid."""
    say, view, client = language.say, file.view, file.view.client

    text = lines(
        say("🙋 <b>{name}</b>", name=short(client.name, NAME_LENGTH)),
        say("Client ID: {id}", id=code(client.shown_id)),
        say("E-mail: {email}", email=short(client.email or "—", 120)),
        say("Phone: {phone}", phone=short(client.phone or "—", 120)),
        say("Registered: not yet")
        if client.is_only_named
        else say("Registered: {at}", at=client.registered_at),
        language.say_many("{count} account", "{count} accounts", view.accounts)
        if view.accounts
        else None,
        say("Deleted: {at}", at=client.deleted_at) if client.deleted_at else None,
        say("🔒 Your role sees personal data masked.") if file.is_masked else None,
        "",
        *_owners(language, file),
        *pin_lines(language, file.pins),
        *_payments(language, file.payments, named=False),
    )
    return Screen(text, _client_buttons(language, file))


def _owners(language: Language, file: ClientFile) -> list[Html]:
    say, view = language.say, file.view
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
    if not owners and view.client.reason:
        reason = not_attributed(language, view.client.reason.value)
        return [say("No partner: {reason}", reason=reason)]
    return owners


def _client_buttons(language: Language, file: ClientFile) -> tuple[tuple[Button, ...], ...]:
    """Return what the reader may do from here."""
    say, view = language.say, file.view
    rows: list[tuple[Button, ...]] = []
    if may(file.role, "partner.read"):
        rows += [
            (
                Button(
                    say("🤝 Partner {code}", code=partner_code),
                    FoundCard(what="p", id=referral.enrolment_id),
                ),
            )
            for referral, partner_code in zip(view.referrals, view.codes, strict=True)
            if partner_code and referral.enrolment_id
        ]
    if may(file.role, "payment.enter"):
        pay = EntryForm(action="pay", id=view.client.id)
        rows.append((Button(say("🧾 Enter a payment"), pay),))
    if may(file.role, "payment.refund"):
        rows += [
            (
                Button(
                    say(
                        "↩️ Refund {amount}, {date}",
                        amount=Money(row.minor - row.refunded, row.currency),
                        date=language.date(row.paid_at),
                    ),
                    EntryForm(action="refund", id=row.id),
                ),
            )
            for row in file.payments
            if row.refunded < row.minor
        ]
    return (*rows, *pin_buttons(language, file))


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
