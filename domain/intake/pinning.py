"""The home of pinning: what is known of an account, and what is done about it (R23)."""

from collections.abc import Iterable
from dataclasses import replace

from domain.entities.client import Client, ClientAccount
from domain.entities.partner import EnrolmentStatus
from domain.entities.pin import Pin, PinReason, PinStatus
from domain.ids import encode
from domain.intake.attaching import Attachment, attach
from domain.intake.attributing import attribute, touches_of
from domain.intake.facts import Facts
from domain.intake.load_partners import load_client, load_enrolments
from domain.intake.protecting import end_pin, tell_vendor
from domain.ports.work import Work
from domain.programs.model_pinning import Pinning
from domain.rules.pinning import without_consent


async def load_account(
    facts: Facts, work: Work, account_id: str, enrolments: Iterable[int]
) -> Client | None:
    """Load what is known of an account and of everybody who named it; return its client."""
    accounts = await work.clients.accounts([account_id])
    for account in accounts:
        facts.client_accounts.load(account.account_id, account)
    paid_by = await work.payments.client_of_account(account_id)
    client_id = next((account.client_id for account in accounts), paid_by)
    for pin in await work.pins.of_account(account_id):
        facts.pins.load(pin.id, pin)
    client = await load_client(facts, work, client_id) if client_id is not None else None
    await load_partners(facts, work, enrolments)
    return client


async def load_partners(facts: Facts, work: Work, enrolments: Iterable[int] = ()) -> None:
    """Load these partners and everybody who has a loaded pin, with their identities."""
    ids = {*enrolments, *(pin.enrolment_id for pin in facts.pins.values())}
    await load_enrolments(facts, work, ids)
    facts.identities.update(await work.enrolments.identities(ids))


def pinned_by(facts: Facts) -> int | None:
    """Return who has the loaded account or client protected; who has left ends its pin here."""
    for pin in [pin for pin in facts.pins.values() if pin.protects]:
        if facts.enrolments[pin.enrolment_id].status is not EnrolmentStatus.ENDED:
            return pin.enrolment_id
        end_pin(facts, pin, PinReason.LEFT)
    return None


def pin_new(facts: Facts, pin: Pin, attachment: Attachment | None = None) -> Pin:
    """Pin an account that the vendor does not know: its client is made here (R23).

    Attribution decides as ever, unless staff have decided: then ``attachment`` says so.
    """
    client = Client(
        id=facts.new_id(),
        shown_id=f"bot-{encode(facts.new_id())}",
        name=pin.account_id,
        registered_at=facts.now,
        made_in_bot=True,
    )
    facts.clients.add(client.id, client)
    facts.name_client(client.shown_id, client.id)
    account = ClientAccount(
        account_id=pin.account_id,
        client_id=client.id,
        name=pin.account_id,
        created_at=facts.now,
    )
    facts.client_accounts.add(account.account_id, account)
    pin = _put(facts, replace(pin, client_id=client.id, status=PinStatus.ACTIVE, reason=None))
    if attachment is None:
        touches = touches_of(facts, client, token={}, click_id=None, named_code=None)
        attribute(facts, client, touches, pin.program, tells=False)
    else:
        attach(facts, client, facts.programs[pin.program], attachment)
    tell_vendor(facts, "client.pinned", pin)
    return pin


def pin_client(facts: Facts, pin: Pin, client: Client, attachment: Attachment) -> Pin:
    """Protect a client that is there already, and give it to the partner (R5)."""
    had = attach(facts, client, facts.programs[pin.program], attachment)
    for other in facts.pins.values():
        if other.id != pin.id:
            _make_room(facts, other)
    pin = replace(pin, client_id=client.id, status=PinStatus.ACTIVE, reason=None, ended_at=None)
    pin = _put(facts, pin)
    tell_vendor(facts, "client.pinned", pin)
    tell_loser(facts, client, had, attachment)
    return pin


def _make_room(facts: Facts, other: Pin) -> None:
    """End what another partner has or waits for: the client is somebody's now."""
    if other.protects:
        end_pin(facts, other, PinReason.MOVED)
    elif other.status is PinStatus.WAITING:
        refuse(facts, other, PinReason.OTHERS)


def refuse(facts: Facts, pin: Pin, reason: PinReason) -> Pin:
    """Refuse a pin that waited, and tell its partner."""
    after = replace(pin, status=PinStatus.REFUSED, reason=reason, ended_at=facts.now)
    facts.pins.put(pin.id, after)
    tell_partner(facts, after)
    return after


def leave_unconfirmed(facts: Facts, pin: Pin, client: Client, reason: PinReason) -> Pin:
    """Do what the program says where a client said no, or nothing (R23)."""
    terms = facts.programs[pin.program].pinning or Pinning()
    referral = facts.referrals.get((client.id, pin.program))
    had_by = referral.enrolment_id if referral else None
    status = without_consent(terms, reason, asker=pin.enrolment_id, had_by=had_by)
    if status is PinStatus.REFUSED:
        return refuse(facts, pin, reason)
    attach(
        facts,
        client,
        facts.programs[pin.program],
        Attachment(to=pin.enrolment_id, actor=pin.created_by, reason_code="pinned"),
    )
    after = replace(pin, status=status, reason=reason)
    facts.pins.put(pin.id, after)
    tell_partner(facts, after)
    return after


def tell_partner(facts: Facts, pin: Pin) -> None:
    """Tell the partner's admins what became of a pin that waited."""
    params: dict[str, object] = {
        "account": pin.account_id,
        "pin_id": pin.id,
        "status": pin.status.value,
        "reason": pin.reason.value if pin.reason else None,
    }
    facts.tell_admins(pin.enrolment_id, "pin_answered", params)


def tell_loser(facts: Facts, client: Client, had: int | None, attachment: Attachment) -> None:
    """Tell the partner that had the client before."""
    if had in (None, attachment.to) or attachment.claim_id is not None:
        return
    about: dict[str, object] = {"client": client.name, "client_id": client.id}
    facts.tell_admins(had or 0, "client_lost", about | {"reason_code": attachment.reason_code})


def _put(facts: Facts, pin: Pin) -> Pin:
    if facts.pins.get(pin.id) is None:
        facts.pins.add(pin.id, pin)
    else:
        facts.pins.put(pin.id, pin)
    return pin
