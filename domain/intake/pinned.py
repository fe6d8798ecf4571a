"""The home of what billing reports of an account that was pinned before (R5, R23).

A pinned account that is new to the vendor has a client made in the bot. Whatever billing calls
that client, by whichever event it first speaks of the account, it is the same client.
"""

from dataclasses import replace

from domain.entities.client import Client, NotAttributed, Referral
from domain.entities.partner import EnrolmentStatus
from domain.entities.pin import Pin, PinReason, PinStatus
from domain.intake.attaching import Attachment, attach
from domain.intake.attributing import count_in, uncount
from domain.intake.facts import Facts
from domain.intake.protecting import active_pins, end_pin
from domain.rules.commission import earns_until
from domain.rules.self_referral import same_as


def pinned_client(facts: Facts, account_id: str | None) -> Client | None:
    """Return the client made in the bot that has the account, ``None`` for any other."""
    account = facts.client_accounts.get(account_id) if account_id else None
    client = facts.clients.get(account.client_id) if account else None
    return client if client is not None and client.made_in_bot else None


def client_for(facts: Facts, client_id: str, account_id: str | None) -> Client | None:
    """Return the client that an event is about: by its id, else by the pinned account."""
    return facts.client(client_id) or pinned_client(facts, account_id)


def settle_account(
    facts: Facts, client: Client, client_id: str, account_id: str | None
) -> tuple[str, ...]:
    """Let an event that takes effect say whose a pinned account is; return what that releases.

    A client known by the account alone is known by this id, too; one that had registered without
    the account belongs to the partner that pinned it.
    """
    pinned = pinned_client(facts, account_id)
    if pinned is None:
        return ()
    if absorbed_by(facts, client, account_id) is not None:
        absorb(facts, pinned, client)
        follow_pins(facts, client)
    if facts.client(client_id) is not None:
        return ()
    facts.name_client(client_id, client.id)
    return (f"client:{client_id}",)


def absorbed_by(facts: Facts, client: Client, account_id: str | None) -> Client | None:
    """Return the pinned client that turns out to be this one when the account is settled."""
    pinned = pinned_client(facts, account_id)
    if pinned is None or pinned.id == client.id or not is_empty(facts, pinned):
        return None
    return pinned


def referrals_once_settled(facts: Facts, client: Client, account_id: str | None) -> list[Referral]:
    """Return the client's referrals as they will stand when the account is settled, oldest first.

    An event is judged by them before it may change anything.
    """
    own = facts.referrals_of(client.id)
    absorbed = absorbed_by(facts, client, account_id)
    if absorbed is None:
        return own
    gains = {row.program: row for row in _brought(facts, absorbed, client)}
    pins = [*active_pins(facts, client.id), *active_pins(facts, absorbed.id)]
    first = min(pins, key=lambda pin: pin.id, default=None)
    is_news = first is not None and first.client_id == absorbed.id
    if first is not None and is_news and first.program in facts.programs:
        given = facts.referrals.get((absorbed.id, first.program))
        if given is not None and _bar(facts, client, first) is None:
            gains[first.program] = given
    return [gains.pop(row.program, row) for row in own] + list(gains.values())


def is_taken(facts: Facts, client: Client | None, account_id: str | None) -> bool:
    """Test if an account belongs to another client that is more than a pinned one."""
    account = facts.client_accounts.get(account_id) if account_id else None
    if account is None or (client is not None and account.client_id == client.id):
        return False
    pinned = pinned_client(facts, account_id)
    return pinned is None or not is_empty(facts, pinned)


def is_empty(facts: Facts, client: Client) -> bool:
    """Test if nothing is known of a pinned client but its account, so that it can be absorbed.

    Who consented in the bot, has paid or has had a service is somebody; what a partner ordered
    for the account is not.
    """
    is_person = client.telegram_id is not None or client.phone is not None
    has_services = any(row.client_id == client.id for row in facts.services.values())
    return not (is_person or has_services or facts.payments_of(client.id))


def absorb(facts: Facts, pinned: Client, into: Client) -> None:
    """Let everything of a pinned client be another one's, which billing knows by itself."""
    for account in facts.client_accounts.values():
        if account.client_id == pinned.id:
            facts.client_accounts.put(account.account_id, replace(account, client_id=into.id))
    for invoice in facts.invoices.values():
        if invoice.client_id == pinned.id:
            facts.invoices.keep(replace(invoice, client_id=into.id))
    facts.move_client_id(pinned.shown_id, into.id)
    brought = _brought(facts, pinned, into)
    for referral in facts.referrals_of(pinned.id):
        uncount(facts, pinned, referral)
        facts.referrals.put(
            (pinned.id, referral.program),
            replace(referral, enrolment_id=None, reason=NotAttributed.CLICK_INVALID, code=None),
        )
    for referral in brought:
        _bring(facts, referral, into)
    for pin in facts.pins.of(pinned.id):
        facts.pins.put(pin.id, replace(pin, client_id=into.id))
    facts.clients.put(pinned.id, replace(pinned, made_in_bot=False, deleted_at=facts.now))
    keep_first_pin(facts, into.id)


def _brought(facts: Facts, pinned: Client, into: Client) -> list[Referral]:
    """Return the partners that an absorbed client has although no pin of theirs protects it.

    Who belongs to somebody already, or to nobody by staff's decision, stays where it is (R5).
    """
    protecting = {pin.enrolment_id for pin in active_pins(facts, pinned.id)}
    found: list[Referral] = []
    for referral in facts.referrals_of(pinned.id):
        enrolment_id = referral.enrolment_id
        standing = facts.referrals.get((into.id, referral.program))
        is_settled = standing is not None and (standing.by_staff or standing.enrolment_id)
        if enrolment_id is None or enrolment_id in protecting or is_settled:
            continue
        is_self = bool(same_as(into, facts.identities[enrolment_id]))
        if referral.program in facts.programs and not is_self:
            found.append(referral)
    return found


def _bring(facts: Facts, referral: Referral, into: Client) -> None:
    at = into.registered_at
    standing = facts.referrals.get((into.id, referral.program))
    moved = replace(
        referral,
        id=standing.id if standing else facts.new_id(),
        client_id=into.id,
        registered_at=at,
        earns_until=earns_until(facts.programs[referral.program].at(at), at),
    )
    if standing is None:
        facts.referrals.add((into.id, referral.program), moved)
    else:
        facts.referrals.put((into.id, referral.program), moved)
    count_in(facts, into, moved)


def keep_first_pin(facts: Facts, client_id: int) -> None:
    """Let the earliest of several pins stand: their accounts turned out to be one client's."""
    ordered = sorted(active_pins(facts, client_id), key=lambda pin: pin.id)
    for pin in ordered[1:]:
        if pin.enrolment_id == ordered[0].enrolment_id:
            end_pin(facts, pin, PinReason.SAME_CLIENT)
            continue
        ended = end_pin(facts, pin, PinReason.OTHERS)
        facts.pins.put(pin.id, replace(ended, status=PinStatus.REFUSED))


def follow_pins(facts: Facts, client: Client) -> None:
    """Give a client to the partner that pinned its account, whoever had it by a click (R5).

    A pin ends here of a partner that has left, or that the client turned out to be (R4).
    """
    for pin in active_pins(facts, client.id):
        if pin.program not in facts.programs:
            continue
        bar = _bar(facts, client, pin)
        if bar is not None:
            end_pin(facts, pin, bar)
            continue
        attachment = Attachment(to=pin.enrolment_id, actor=pin.created_by, reason_code="pinned")
        had = attach(facts, client, facts.programs[pin.program], attachment)
        if had not in (None, pin.enrolment_id):
            lost: dict[str, object] = {"client": client.name, "client_id": client.id}
            facts.tell_admins(had or 0, "client_lost", lost | {"reason_code": "pinned"})


def _bar(facts: Facts, client: Client, pin: Pin) -> PinReason | None:
    """Return why a pin cannot give the client to its partner, ``None`` where it does."""
    if facts.enrolments[pin.enrolment_id].status is EnrolmentStatus.ENDED:
        return PinReason.LEFT
    referral = facts.referrals.get((client.id, pin.program))
    is_its = referral is not None and referral.enrolment_id == pin.enrolment_id
    if not is_its and same_as(client, facts.identities[pin.enrolment_id]):
        return PinReason.SELF_REFERRAL
    return None
