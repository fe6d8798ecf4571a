"""The home of what a partner sees of claims: the question, the honest answer, the list."""

from collections.abc import Sequence
from datetime import date, datetime, time

from domain.entities.claim import (
    Claim,
    ClaimStatus,
    ClaimView,
    Explanation,
    NamedClient,
    OwnDay,
    Whereabouts,
)
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_claims import ClaimForm
from handlers.ui.claim_marks import (
    accept_reason,
    claim_status,
    number_of,
    refuse_reason,
    whole_name,
)
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 40


def _cancel(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("✖️ Cancel"), ClaimForm(step="cancel")),)


def client_question(language: Language) -> Screen:
    """Return the question which client is meant."""
    say = language.say
    text = lines(
        say("🔎 <b>Where is my client?</b>"),
        say("Name the client in one of these ways:"),
        say("• its e-mail, phone number or account ID"),
        say("• a message from the client, forwarded here"),
        say("• a date such as {date}: what came by your link that day", date="2026-11-21"),
        "",
        say("You get the reason, and can tell the vendor that the client is yours."),
    )
    claims = (Button(language.say("📨 My claims"), Open(screen="claims")),)
    return Screen(text, (claims, _cancel(language)))


def hidden_person(language: Language) -> Screen:
    """Return that a forwarded message does not tell who wrote it."""
    text = language.say(
        "This message does not say who wrote it: the person hides its account in forwarded "
        "messages, or it comes from a channel. Send an e-mail, a phone number or an account ID."
    )
    return Screen(text, (_cancel(language),))


def answer_screen(language: Language, program: Program, told: Explanation) -> Screen:
    """Return why the client is not here, and what can be done next."""
    say = language.say
    text = lines(
        _where(language, told),
        *_dates(language, program, told),
        "",
        _next(language, told),
    )
    rows: Rows = ((Button(say("🔎 Ask about another"), Open(screen="why")),),)
    if told.may_claim:
        claim = Button(say("🙋 This client is mine"), ClaimForm(step="claim"))
        rows = ((claim,), *rows)
    if told.claim is not None:
        rows = ((Button(say("📨 My claims"), Open(screen="claims")),), *rows)
    return Screen(text, (*rows, (Button(say("📋 Menu"), Open(screen="menu")),)))


def _where(language: Language, told: Explanation) -> Html:
    say = language.say
    words = {
        Whereabouts.YOURS: say("✅ <b>This client is yours.</b>"),
        Whereabouts.YOURS_ENDED: say("⚪️ <b>This client is yours, but earns no more.</b>"),
        Whereabouts.YOURS_PARKED: say(
            "✅ <b>This client is yours.</b>\nA payment of it waits until the vendor’s staff have "
            "looked at it; then it counts by itself."
        ),
        Whereabouts.UNKNOWN: say(
            "🤷 <b>Nobody is known by this yet.</b>\nThe client may have registered with another "
            "e-mail or number, or the vendor has not reported the registration yet."
        ),
        Whereabouts.NOT_REPORTED: say(
            "⏳ <b>The registration has not been reported yet.</b>\nPayments of this client have "
            "arrived and wait for it; they count as soon as it comes."
        ),
        Whereabouts.NO_CLICK: say(
            "🚪 <b>The client is registered, but did not come by your link.</b>\nNo visit through "
            "it is known: it may have typed the address, or used another browser or phone."
        ),
        Whereabouts.BEFORE_CLICK: say(
            "⏮ <b>The client registered before it opened your link.</b>\nOnly a registration "
            "after the visit counts."
        ),
        Whereabouts.OUTSIDE_WINDOW: say(
            "⌛️ <b>The time after the first visit had run out.</b>\nLater visits do not extend it."
        ),
        Whereabouts.SELF_REFERRAL: say(
            "🪞 <b>The client counts as yourself.</b>\nIts contact or account is the same as that "
            "of your own team, so it earns nothing."
        ),
        Whereabouts.CLICK_INVALID: say(
            "🔗 <b>The client came with a link or code that is not valid.</b>"
        ),
        Whereabouts.CLICK_NOT_SEEN: say(
            "⏳ <b>The visit of this client has not been reported yet.</b>\nIt is decided by "
            "itself as soon as the visit arrives, and payments count from the beginning."
        ),
        Whereabouts.PARTNER_SUSPENDED: say(
            "⏸ <b>Your participation was suspended when the client registered.</b>"
        ),
        Whereabouts.DETACHED: say(
            "🚫 <b>The vendor decided that nobody invited this client.</b>\nIts payments earn "
            "nothing for anyone."
        ),
        Whereabouts.OTHERS: say(
            "👤 <b>The client came to the program through another partner.</b>\nI may not tell "
            "which one."
        ),
    }
    return words[told.where]


def _dates(language: Language, program: Program, told: Explanation) -> list[Html | None]:
    say = language.say
    return [
        say("First visit by your link: {at}", at=told.first_click_at)
        if told.first_click_at
        else None,
        language.say_many(
            "Counts until: {at}, that is {count} day after it",
            "Counts until: {at}, that is {count} days after it",
            program.window_days or 0,
            at=told.window_ends_at,
        )
        if told.where is Whereabouts.OUTSIDE_WINDOW and told.window_ends_at
        else None,
        say("Registered: {at}", at=told.registered_at) if told.registered_at else None,
        say("Earned until: {date}", date=language.date(told.earns_until))
        if told.where is Whereabouts.YOURS_ENDED and told.earns_until
        else None,
    ]


def _next(language: Language, told: Explanation) -> Html:
    say = language.say
    if told.claim is not None:
        return say(
            "📨 You have claimed it: number {number}, answer by {date}.",
            number=number_of(told.claim.id),
            date=language.date(told.claim.due_at),
        )
    if not told.may_claim:
        return say("There is nothing to do.")
    waits = (Whereabouts.UNKNOWN, Whereabouts.NOT_REPORTED, Whereabouts.CLICK_NOT_SEEN)
    if told.where in waits:
        return say("Best wait a day and ask again. If you are sure, claim it now.")
    return say("If you think this is wrong, claim the client: staff look at it again.")


def day_screen(language: Language, day: OwnDay) -> Screen:
    """Return what came by the partner's links on a day."""
    say = language.say
    noon = datetime.combine(date.fromisoformat(day.day), time(12), language.zone)
    names = [Html(f"• {bold(short(name, NAME_LENGTH))}") for name in day.names]
    text = lines(
        say("📅 <b>{date}</b>, by your link:", date=language.date(noon)),
        say(
            "Visits: {clicks}, started in Telegram: {starts}, registered: {registered}",
            clicks=language.number(day.clicks),
            starts=language.number(day.starts),
            registered=language.number(len(names)),
        ),
        *names,
        "",
        say("Is somebody missing? Name the client by e-mail, phone or account ID."),
    )
    return Screen(text, ((Button(say("🔎 Ask about another"), Open(screen="why")),),))


def comment_question(language: Language, named: NamedClient) -> Screen:
    """Return the question for the partner's own words."""
    say = language.say
    text = lines(
        say("🙋 <b>This client is mine</b>"),
        say("Client: {name}", name=short(named.value, NAME_LENGTH))
        if not named.value.isdigit()
        else None,
        say(
            "Tell the vendor’s staff in one message how the client came by you: when you spoke, "
            "what was agreed. It helps them decide."
        ),
    )
    skip = (Button(say("➡️ Send without a note"), ClaimForm(step="send")),)
    return Screen(text, (skip, _cancel(language)))


def claim_opened(language: Language, claim: Claim) -> Screen:
    """Return that staff have the claim, and until when they answer."""
    say = language.say
    text = lines(
        say("📨 <b>Claim {number}</b> is with the vendor’s staff.", number=number_of(claim.id)),
        say("They answer by {date}; you are told here.", date=language.date(claim.due_at)),
    )
    return Screen(text, ((Button(say("📨 My claims"), Open(screen="claims")),),))


def claims_screen(language: Language, views: Sequence[ClaimView]) -> Screen:
    """Return the partner's claims with what staff decided."""
    say = language.say
    ask = (Button(say("🔎 Where is my client?"), Open(screen="why")),)
    menu = (Button(say("📋 Menu"), Open(screen="menu")),)
    if not views:
        text = lines(
            say("📨 <b>My claims</b>"),
            say("You have claimed no client yet. First ask where it is."),
        )
        return Screen(text, (ask, menu))
    rows = [_claim(language, view.claim) for view in views]
    text = lines(say("📨 <b>My claims</b>"), *(part for row in rows for part in ("", row)))
    return Screen(text, (ask, menu))


def _claim(language: Language, claim: Claim) -> Html:
    say = language.say
    is_accepted = claim.status is ClaimStatus.ACCEPTED
    words = accept_reason if is_accepted else refuse_reason
    return lines(
        say(
            "<b>{number}</b> · {name} · {status}",
            number=number_of(claim.id),
            name=short(whole_name(language, claim), NAME_LENGTH),
            status=claim_status(language, claim.status),
        ),
        say("answer by {date}", date=language.date(claim.due_at))
        if claim.status is ClaimStatus.OPEN
        else say("Reason: {reason}", reason=words(language, claim.reason_code)),
        say("“{words}”", words=short(claim.reason_text, 200)) if claim.reason_text else None,
    )


def form_gone(language: Language) -> Screen:
    """Return that the form of an old message is over."""
    text = language.say("This form is over. Please begin again.")
    return Screen(text, ((Button(language.say("🔎 Where is my client?"), Open(screen="why")),),))


def form_left(language: Language) -> Screen:
    """Return that the form was left."""
    return Screen(
        language.say("Cancelled."),
        ((Button(language.say("📋 Menu"), Open(screen="menu")),),),
    )
