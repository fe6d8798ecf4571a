"""The home of loading enrolments, and one client with every partner behind it."""

from collections.abc import Iterable

from domain.entities.client import Client
from domain.intake.facts import Facts
from domain.ports.work import Work


async def load_enrolments(facts: Facts, work: Work, ids: Iterable[int]) -> None:
    """Load enrolments with their ledger accounts and the people who are told."""
    wanted = set(ids)
    for enrolment in await work.enrolments.by_ids(wanted):
        facts.enrolments.load(enrolment.id, enrolment)
    facts.admins.update(await work.enrolments.admins(wanted))
    if any(program.forms for program in facts.programs.values()):
        facts.legal_forms.update(await work.enrolments.legal_forms(wanted))
    facts.accounts.load_from(await work.ledger.standing(wanted))


async def load_client(facts: Facts, work: Work, client_id: int) -> Client:
    """Load a client with its referrals, payments and every partner behind them; return it."""
    client = (await work.clients.by_ids([client_id]))[0]
    facts.clients.load(client.id, client)
    for referral in await work.clients.referrals([client.id]):
        facts.referrals.load((referral.client_id, referral.program), referral)
    for payment in await work.payments.of_clients([client.id]):
        facts.payments.load(payment.payment_id, payment)
    for pin in await work.pins.of_clients([client.id]):
        facts.pins.load(pin.id, pin)
    ids = {row.enrolment_id for row in facts.referrals_of(client.id) if row.enrolment_id}
    ids |= {pin.enrolment_id for pin in facts.pins.of(client.id)}
    ids |= {row.enrolment_id for row in facts.payments_of(client.id) if row.enrolment_id}
    await load_enrolments(facts, work, ids)
    return client


async def load_bonus_parts(facts: Facts, work: Work) -> None:
    """Load the conversions of the loaded commissions: a refund takes their bonus back (R20)."""
    converted = [row.id for row in facts.commissions.values() if row.converted]
    if converted:
        facts.bonus_parts.update(await work.conversions.parts_of(converted))
