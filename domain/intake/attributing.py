"""The home of attributing a client with all clicks that are known (R1-R5)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from domain.entities.client import Click, Client, NotAttributed, Referral
from domain.entities.partner import EnrolmentStatus
from domain.intake.activity import move_counts
from domain.intake.facts import Facts
from domain.intake.protecting import pin_touches
from domain.intake.suspecting import note_self_referral
from domain.programs.model import Program
from domain.rules.attribution import Candidate, Touch, decide
from domain.rules.commission import earns_until
from domain.rules.self_referral import same_as


def touches_of(
    facts: Facts,
    client: Client,
    *,
    token: Mapping[str, datetime],
    click_id: str | None,
    named_code: str | None,
) -> list[Touch]:
    """Return every click known for a registration (R3), and what was pinned in advance (R5).

    Args:
        facts: The picture; its clicks are those of the client's Telegram id, visitor and click id.
        client: Who registered.
        token: First click per code, as carried by the redirect's signed token.
        click_id: Id of a reported click, or ``None``.
        named_code: A code that the registration names itself, or ``None``.
    """
    touches = [
        Touch(enrolment_id=facts.links[code], code=code, at=at, order=order)
        for order, (code, at) in enumerate(token.items())
        if code in facts.links
    ]
    touches += pin_touches(facts, client)
    touches += [
        Touch(
            enrolment_id=click.enrolment_id, code=click.code, at=click.clicked_at, order=click.id
        )
        for click in _clicks_of(facts, client, click_id)
    ]
    if named_code is not None and named_code in facts.links:
        touches.append(
            Touch(
                enrolment_id=facts.links[named_code],
                code=named_code,
                at=client.registered_at,
                order=facts.new_id(),
                is_named=True,
            )
        )
    return touches


def _clicks_of(facts: Facts, client: Client, click_id: str | None) -> list[Click]:
    traits = (
        ("click", click_id),
        ("visitor", client.visitor_id),
        ("person", client.telegram_id),
    )
    found = [
        click for trait in traits if trait[1] is not None for click in facts.clicks_with(*trait)
    ]
    return list({click.id: click for click in found}.values())


def attribute(
    facts: Facts,
    client: Client,
    touches: Sequence[Touch],
    only_program: str | None = None,
    *,
    keep_refusals: bool = True,
    tells: bool = True,
) -> list[Referral]:
    """Decide each program whose links were clicked, and keep what was decided.

    A program that has decided before is passed over: a client keeps its partner for good (R5).
    Without ``keep_refusals`` a program that gives the client to nobody stays undecided, because
    a click is still awaited. Without ``tells`` the partner that gets it knows by other means.
    """
    decided: list[Referral] = []
    for program, own in _by_program(facts, touches, only_program):
        if facts.referrals.get((client.id, program.key)) is None:
            referral = _judge(facts, client, program, own)
            if referral.enrolment_id is None and not keep_refusals:
                continue
            facts.referrals.add((client.id, program.key), referral)
            _count_registration(facts, referral, 1)
            _count_active(facts, client, referral, 1)
            if tells:
                _tell_registration(facts, client, referral)
            decided.append(referral)
    return decided


def judge_again(facts: Facts, client: Client, touches: Sequence[Touch]) -> None:
    """Judge a client made in the bot by billing's date and all clicks known now (R1).

    Only a client without payments comes here, so no money moves. What staff decided stays (R5),
    and a partner that has the client competes for it while it is suspended, too.
    """
    for program, own in _by_program(facts, touches, None):
        before = facts.referrals.get((client.id, program.key))
        if before is None:
            attribute(facts, client, own, program.key)
            continue
        if before.by_staff:
            continue
        had = before.enrolment_id
        after = replace(_judge(facts, client, program, own, had=had), id=before.id)
        facts.referrals.put((client.id, program.key), after)
        _count_registration(facts, before, -1)
        _count_registration(facts, after, 1)
        if after.enrolment_id != before.enrolment_id:
            _count_active(facts, client, before, -1)
            _count_active(facts, client, after, 1)
            _tell_registration(facts, client, after)
    move_registration(facts, client)


def move_registration(facts: Facts, client: Client) -> None:
    """Let a client earn from billing's date on; its partner stays (R10).

    In a program that is offered no more nothing earns, and its terms are not known here.
    """
    registered_at = client.registered_at
    for referral in facts.referrals_of(client.id):
        program = facts.programs.get(referral.program)
        if program is None or referral.registered_at == registered_at:
            continue
        is_attributed = referral.enrolment_id is not None
        until = earns_until(program.at(registered_at), registered_at) if is_attributed else None
        moved = replace(referral, registered_at=registered_at, earns_until=until)
        _count_registration(facts, referral, -1)
        _count_registration(facts, moved, 1)
        facts.referrals.put((client.id, referral.program), moved)


def _by_program(
    facts: Facts, touches: Sequence[Touch], only_program: str | None
) -> list[tuple[Program, list[Touch]]]:
    """Return the touches per active program, the program clicked first in front (R5)."""
    by_program: dict[str, list[Touch]] = defaultdict(list)
    for touch in sorted(touches, key=lambda touch: (touch.at, touch.order)):
        by_program[facts.enrolments[touch.enrolment_id].program].append(touch)
    return [
        (facts.programs[key], own)
        for key, own in by_program.items()
        if key in facts.programs and key == (only_program or key)
    ]


def _judge(
    facts: Facts,
    client: Client,
    program: Program,
    touches: Sequence[Touch],
    *,
    had: int | None = None,
) -> Referral:
    program = program.at(client.registered_at)
    same = {
        touch.enrolment_id: same_as(client, facts.identities[touch.enrolment_id])
        for touch in touches
    }
    candidates = {
        enrolment_id: Candidate(
            is_active=enrolment_id == had or facts.is_active(enrolment_id),
            is_self=bool(traits),
            is_over=facts.enrolments[enrolment_id].status is EnrolmentStatus.ENDED,
        )
        for enrolment_id, traits in same.items()
    }
    decision = decide(
        touches,
        candidates,
        registered_at=client.registered_at,
        window_days=program.window_days,
        model=program.model,
    )
    winner = decision.touch
    if decision.reason is NotAttributed.SELF_REFERRAL:
        note_self_referral(facts, client, same)
    return Referral(
        id=facts.new_id(),
        client_id=client.id,
        program=program.key,
        enrolment_id=winner.enrolment_id if winner else None,
        reason=decision.reason,
        code=winner.code if winner else None,
        first_click_at=winner.at if winner and not winner.is_pinned else None,
        registered_at=client.registered_at,
        earns_until=earns_until(program, client.registered_at) if winner else None,
    )


def uncount(facts: Facts, client: Client, referral: Referral) -> None:
    """Take a client that turned out to be another one out of the figures of its partner."""
    _count_registration(facts, referral, -1)
    _count_active(facts, client, referral, -1)


def count_in(facts: Facts, client: Client, referral: Referral) -> None:
    """Add a client to the figures of the partner that another row of it had."""
    _count_registration(facts, referral, 1)
    _count_active(facts, client, referral, 1)


def _count_active(facts: Facts, client: Client, referral: Referral, by: int) -> None:
    if referral.enrolment_id is not None and client.is_active:
        move_counts(facts, referral.enrolment_id, active=by)


def _count_registration(facts: Facts, referral: Referral, by: int) -> None:
    if referral.enrolment_id is not None:
        day = facts.count(referral.enrolment_id, referral.code, referral.registered_at)
        day.registrations += by
        if referral.live_payments > 0:
            day.paying_clients += by


def _tell_registration(facts: Facts, client: Client, referral: Referral) -> None:
    if referral.enrolment_id is not None:
        params: dict[str, object] = {"client": client.name, "client_id": client.id}
        facts.tell_admins(referral.enrolment_id, "registration", params)


def reason_without_referral(
    *, click_id: str | None, is_token: bool, named_code: str | None
) -> NotAttributed:
    """Return why no program could decide anything about a client."""
    if click_id is not None and not is_token:
        return NotAttributed.CLICK_NOT_SEEN
    if click_id is not None or named_code is not None:
        return NotAttributed.CLICK_INVALID
    return NotAttributed.NO_CLICK


def shown_reason(client: Client, referrals: Sequence[Referral]) -> str | None:
    """Return why the client has no partner, or ``None`` when one program has attributed it."""
    if any(referral.enrolment_id is not None for referral in referrals):
        return None
    told = referrals[0].reason if referrals else client.reason
    return told.value if told else None
