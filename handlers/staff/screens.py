"""The home of what staff see beside the cards of pay-outs."""

import hashlib
from collections.abc import Sequence

from domain.entities.event import EventRecord
from domain.entities.page import Page
from domain.entities.people import StaffMember
from domain.entities.views import ClientView, PartnerOverview, PayoutView
from domain.money import Money
from domain.programs.model import Program
from domain.rights import StaffRole, may_appoint
from domain.usecases.payments.enter import UNDO_MINUTES, Entered
from domain.usecases.staff.invite import NewInvitation
from handlers.ui.callbacks import EntryCard, OpenPage, ParkedCard, PayoutCard, StaffCard
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.links import telegram_link
from handlers.ui.marks import earned_nothing, event_problem, not_attributed, role_name
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 60


def digest_of(event_id: str) -> str:
    """Return a short name of an event for a button; ids may be too long for one."""
    return hashlib.sha256(event_id.encode()).hexdigest()[:16]


def staff_help(language: Language) -> Screen:
    """Return what staff can do."""
    say = language.say
    return Screen(
        lines(
            say("❓ <b>Help for staff</b>"),
            say("/queue — what waits for you"),
            say("/payouts — pay-outs to decide"),
            say("/partner CODE — a partner with figures and balance"),
            say("/client ID — a client and its partner"),
            say("/pay CLIENT AMOUNT CURRENCY — a payment by hand"),
            say("/refund PAYMENT AMOUNT — a refund by hand"),
            say("/staff — who works here, invitations"),
            say("/books — audit every balance"),
        )
    )


def queue_screen(
    language: Language, payouts: Page[PayoutView], parked: Sequence[EventRecord], size: int
) -> Screen:
    """Return what waits for staff."""
    say = language.say
    if not payouts.rows and not parked:
        return Screen(say("✨ Nothing waits for you."))
    rows = [*_payout_buttons(language, payouts.rows)]
    for record in parked[:size]:
        text = say(
            "🔁 {kind}: {code}", kind=record.kind, code=record.error.code if record.error else ""
        )
        card = ParkedCard(action="show", digest=digest_of(record.id))
        rows.append((Button(text, card),))
    text = lines(
        say("📥 <b>Queue</b>"),
        language.say_many("{count} pay-out", "{count} pay-outs", len(payouts.rows))
        if payouts.rows
        else None,
        language.say_many("{count} parked event", "{count} parked events", len(parked[:size]))
        if parked
        else None,
        say("There is more; these come first.")
        if payouts.following or len(parked) > size
        else None,
    )
    return Screen(text, tuple(rows))


def _payout_buttons(language: Language, views: Sequence[PayoutView]) -> Rows:
    return tuple(
        (
            Button(
                f"💸 {language.money(view.payout.amount)} · {short(view.partner_name, 24)}",
                PayoutCard(action="open", payout_id=view.payout.id),
            ),
        )
        for view in views
    )


def payout_queue_screen(language: Language, page: Page[PayoutView]) -> Screen:
    """Return the pay-outs that wait for staff."""
    say = language.say
    if not page.rows:
        return Screen(say("✨ No pay-out waits for you."))
    rows = _payout_buttons(language, page.rows)
    if page.following is not None:
        older = Button(say("Older ▶️"), OpenPage.after("payout_queue", page.following))
        rows = (*rows, (older,))
    return Screen(say("💸 <b>Pay-outs to decide</b>\nPress one to open its card."), rows)


def parked_screen(language: Language, record: EventRecord) -> Screen:
    """Return a parked event with the button that runs it again."""
    say, error = language.say, record.error
    text = lines(
        say("🅿️ <b>Parked event</b> {id}", id=code(short(record.id, 128))),
        say("Type: {kind}", kind=code(record.kind)),
        say("Problem: {code} in {field}", code=code(error.code), field=code(error.field or "—"))
        if error
        else None,
        event_problem(language, error.code) if error else None,
        say("Received: {at}", at=record.received_at),
        say(
            "Mend the cause, then run it again. If billing sends the same fact under a new ID, "
            "that one takes its place."
        ),
    )
    run = ParkedCard(action="run", digest=digest_of(record.id))
    return Screen(text, ((Button(say("🔁 Run again"), run),),))


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

    def shown(value: str | None) -> str:
        text = short(value or "—", 120)
        return f"{text[:2]}•••" if is_masked and value else text

    text = lines(
        say("🙋 <b>{name}</b>", name=shown(client.name)),
        say("Client ID: {id}", id=code(client.shown_id)),
        say("E-mail: {email}", email=shown(client.email)),
        say("Phone: {phone}", phone=shown(client.phone)),
        say("Registered: {at}", at=client.registered_at),
        say("Deleted: {at}", at=client.deleted_at) if client.deleted_at else None,
        "",
        *owners,
    )
    return Screen(text)


def entered_screen(language: Language, entered: Entered, *, is_refund: bool) -> Screen:
    """Return what an entry of staff did, with Undo."""
    say = language.say
    amount = f"{entered.amount} {entered.currency}"
    name = short(entered.client_name, NAME_LENGTH)
    text = lines(
        say("↩️ Refund of {amount} recorded for {name}.", amount=amount, name=name)
        if is_refund
        else say("🧾 Payment of {amount} recorded for {name}.", amount=amount, name=name),
        say(
            "The partner’s commission: <b>{amount}</b>",
            amount=Money(entered.commission_minor, entered.commission_currency),
        )
        if entered.commission_currency
        else say(
            "No commission: {reason}",
            reason=earned_nothing(language, entered.reason and entered.reason.value) or "—",
        ),
        say("Payment ID: {id}", id=code(entered.payment_id)),
        language.say_many(
            "Undo is possible for {count} minute.",
            "Undo is possible for {count} minutes.",
            UNDO_MINUTES,
        ),
    )
    undo = EntryCard(action="undo", entry_id=entered.entry_id)
    return Screen(text, ((Button(say("↩️ Undo"), undo),),))


def undone_screen(language: Language, entered: Entered) -> Screen:
    """Return that an entry was taken back."""
    say = language.say
    left = (
        say(
            "The partner’s commission now: {amount}",
            amount=Money(entered.commission_minor, entered.commission_currency),
        )
        if entered.commission_currency
        else None
    )
    text = lines(
        say(
            "↩️ Undone: an opposite entry of {amount} was made.",
            amount=f"{entered.amount} {entered.currency}",
        ),
        left,
        say("Payment ID: {id}", id=code(entered.payment_id)),
    )
    return Screen(text)


def staff_screen(
    language: Language, members: Sequence[StaffMember], own_role: StaffRole | None
) -> Screen:
    """Return who works here, with invitations and removals that the reader may do."""
    say = language.say
    people = [
        lines(
            Html(f"{bold(short(member.name, 40))} — {role_name(language, member.role.value)}"),
        )
        for member in members
    ]
    invites = tuple(
        Button(
            say("➕ {role}", role=role_name(language, role.value)),
            StaffCard(action="invite", role=role.value),
        )
        for role in StaffRole
        if may_appoint(own_role, role)
    )
    removals = tuple(
        (
            Button(
                say("➖ Remove {name}", name=short(member.name, 24)),
                StaffCard(action="ask_remove", person_id=member.person_id),
            ),
        )
        for member in members
        if member.joined_at is not None and may_appoint(own_role, member.role)
    )
    text = lines(
        say("👥 <b>Staff</b>"), *people, "", say("Invite somebody as:") if invites else None
    )
    return Screen(text, (invites[:2], invites[2:], *removals))


def invitation_screen(language: Language, invitation: NewInvitation, username: str) -> Screen:
    """Return the link of an invitation."""
    say = language.say
    url = telegram_link(username, f"s_{invitation.token}")
    text = lines(
        say(
            "✉️ Invitation as <b>{role}</b>. Send this link to one person:",
            role=role_name(language, invitation.role.value),
        ),
        code(url),
        say("It works once, until {at}.", at=invitation.expires_at),
    )
    return Screen(text, ((Button(say("📋 Copy the link"), copy=url),),))


def remove_question(language: Language, person_id: int, name: str) -> Screen:
    """Return the question before somebody is removed from the staff."""
    say = language.say
    rows = (
        (
            Button(say("➖ Yes, remove"), StaffCard(action="remove", person_id=person_id)),
            Button(say("⬅️ Back"), StaffCard(action="list")),
        ),
    )
    return Screen(say("Remove {name} from the staff at once?", name=short(name, 40)), rows)


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
