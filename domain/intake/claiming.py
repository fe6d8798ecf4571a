"""The home of reading what is known around a claim: the client, its clicks, who claims it."""

from dataclasses import replace

from domain.entities.claim import (
    Claim,
    Claimant,
    ClaimView,
    NamedBy,
    NamedClient,
    Trace,
)
from domain.entities.client import Client, Referral
from domain.intake.evidence import first_of, traces_of
from domain.ports.work import Work
from domain.rules.claims import as_phone
from domain.rules.missed import missed_earnings
from domain.rules.self_referral import same_as
from domain.surroundings import Surroundings


async def client_named(work: Work, named: NamedClient, enrolment_id: int | None) -> Client | None:
    """Return the client that this names: the partner's own first, else the oldest one."""
    ids = list(await work.claims.clients_named(named))
    phone = as_phone(named.value) if named.by is NamedBy.ACCOUNT else None
    if not ids and phone is not None:
        ids = list(await work.claims.clients_named(phone))
    if not ids:
        return None
    referrals = await work.clients.referrals(ids)
    own = {row.client_id for row in referrals if row.enrolment_id == enrolment_id}
    first = min(ids, key=lambda key: (key not in own, key))
    return (await work.clients.by_ids([first]))[0]


async def referral_in(work: Work, client_id: int, program: str) -> Referral | None:
    """Return what was decided about a client in a program."""
    own = await work.clients.referrals([client_id])
    return next((row for row in own if row.program == program), None)


async def view_of(around: Surroundings, work: Work, claim: Claim) -> ClaimView:
    """Return a claim with all of its evidence as it stands now."""
    view = (await work.claims.names([claim]))[0]
    pin = await work.pins.get(claim.pin_id) if claim.pin_id is not None else None
    view = replace(view, pin=pin)
    program = around.programs.get(claim.program)
    named = NamedClient(claim.named_by, claim.named)
    client = await _client_of(work, claim, named)
    if client is None or program is None:
        own = await _claimants(work, claim, None, None, ())
        return _with(view, claimants=own)
    referral = await referral_in(work, client.id, claim.program)
    traces = await traces_of(work, client, around.tokens)
    told = referral.reason if referral else client.reason
    unpaid = 0
    if claim.enrolment_id is not None:
        enrolment = (await work.enrolments.by_ids([claim.enrolment_id]))[0]
        payments = await work.payments.of_clients([client.id])
        categories = await work.categories.mapped([program.key])
        unpaid = missed_earnings(program, enrolment, client.registered_at, payments, categories)
    return _with(
        view,
        client_name=client.name,
        client_shown_id=client.shown_id,
        registered_at=None if client.is_only_named else client.registered_at,
        reason=told.value if told else None,
        claimants=await _claimants(work, claim, client, referral, traces),
        unpaid_minor=unpaid,
        currency=program.currency,
        window_days=program.window_days,
    )


def _with(view: ClaimView, **more: object) -> ClaimView:
    kept = {"claim": view.claim, "decided_by_name": view.decided_by_name, "pin": view.pin}
    return ClaimView(**kept, **more)  # type: ignore[arg-type]


async def _client_of(work: Work, claim: Claim, named: NamedClient) -> Client | None:
    if claim.client_id is not None:
        return (await work.clients.by_ids([claim.client_id]))[0]
    return await client_named(work, named, claim.enrolment_id) if claim.named else None


async def _claimants(
    work: Work,
    claim: Claim,
    client: Client | None,
    referral: Referral | None,
    traces: tuple[Trace, ...] | list[Trace],
) -> tuple[Claimant, ...]:
    """Return every partner of the program that comes into question."""
    others = await work.claims.open_about(client.id) if client else []
    claiming = {row.enrolment_id for row in others if row.enrolment_id}
    if claim.enrolment_id is not None:
        claiming.add(claim.enrolment_id)
    has_it = referral.enrolment_id if referral else None
    asked = {claim.enrolment_id, has_it, *claiming, *(trace.enrolment_id for trace in traces)}
    ids = [key for key in asked if key is not None]
    rows = {row.id: row for row in await work.enrolments.by_ids(ids)}
    identities = await work.enrolments.identities(ids)
    found = []
    for key in ids:
        names = await work.claims.partner_of(key)
        if names is None or rows[key].program != claim.program:
            continue
        first = first_of(traces, key)
        found.append(
            Claimant(
                enrolment_id=key,
                code=names[0],
                name=names[1],
                first_click_at=first.at if first else None,
                clicks=sum(trace.enrolment_id == key for trace in traces),
                claims=key in claiming,
                has_it=key == has_it,
                is_self=client is not None and bool(same_as(client, identities[key])),
            )
        )
    return tuple(
        sorted(
            found,
            key=lambda row: (row.enrolment_id != claim.enrolment_id, not row.has_it, row.code),
        )
    )
