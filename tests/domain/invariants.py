"""What must hold after every request, recomputed from scratch in the plainest way."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from math import floor

from domain.entities.balance import BalanceSheet
from domain.entities.event import EventStatus
from domain.entities.payment import Commission, CommissionState, Payment, RefundKind
from domain.entities.service import ServiceState
from domain.ledger.accounts import Account
from domain.ledger.journal import Posting
from domain.money import DECIMALS
from domain.programs.model_rates import TierBasis
from tests.domain.rows import Rows

CHARGEBACKS = (RefundKind.CHARGEBACK, RefundKind.CHARGEBACK_WON)


NOT_STANDING = (EventStatus.REJECTED, EventStatus.DUPLICATE)
"""Events that stand for no fact."""


def half_up(exact: Fraction) -> int:
    """Round by the rule of R11, in the plainest way."""
    return floor(exact + Fraction(1, 2)) if exact >= 0 else -half_up(-exact)


def exact_share(
    amount: int, source: str, target: str, exchange: Fraction, share: Fraction
) -> Fraction:
    """Return a share of minor units of ``source`` in minor units of ``target``, not rounded."""
    return Fraction(amount, 10 ** DECIMALS[source]) * exchange * share * 10 ** DECIMALS[target]


def check_books(world: Rows) -> None:
    """Recompute the books from postings and commissions (R13, R17, R19)."""
    by_entry: dict[int, list[Posting]] = defaultdict(list)
    by_account: dict[int, list[Posting]] = defaultdict(list)
    for posting in world.postings:
        by_entry[posting.entry_id].append(posting)
        by_account[posting.account_id].append(posting)
    assert {entry.id for entry in world.entries} == by_entry.keys()
    for own in by_entry.values():
        assert len(own) >= 2
        assert sum(posting.minor for posting in own) == 0
        assert len({posting.currency for posting in own}) == 1
    for account in world.accounts.values():
        check_chain(account, by_account[account.id])
    for code, number in world.links.items():
        check_sheet(world.sheet(code))
        own_commissions = [c for c in world.commissions.values() if c.enrolment_id == number]
        check_commissions(world.sheet(code), own_commissions)
    for payment in world.payments.values():
        check_payment(world, payment)


def check_chain(account: Account, postings: Sequence[Posting]) -> None:
    """Test that an account is the sum of its postings, each of which continues the one before."""
    balance = 0
    for version, posting in enumerate(postings, start=1):
        assert posting.minor != 0
        assert posting.currency == account.currency
        assert posting.version == version
        assert posting.balance_before == balance
        balance += posting.minor
        assert posting.balance_after == balance
    assert (account.balance, account.version) == (balance, len(postings))


def check_sheet(sheet: BalanceSheet) -> None:
    """Test the identity of R17."""
    places = sheet.held + sheet.payable + sheet.reserved + sheet.paid + sheet.converted
    assert places == sheet.accrued - sheet.clawed_back + sheet.adjusted


def check_commissions(sheet: BalanceSheet, own: Sequence[Commission]) -> None:
    """Test that each figure of the balance is the sum over the commissions."""
    of = {state: [c for c in own if c.state is state] for state in CommissionState}
    ordinary = [c for c in own if c.state is not CommissionState.RETAINED]
    assert all(0 <= c.clawed_back <= c.minor for c in own)
    assert all(c.clawed_back == c.minor for c in of[CommissionState.VOIDED])
    assert sheet.accrued == sum(c.minor for c in ordinary)
    assert sheet.clawed_back == sum(c.clawed_back for c in ordinary)
    assert sheet.held == sum(c.minor - c.clawed_back for c in of[CommissionState.HELD])
    assert sheet.payable == sum(c.left for c in of[CommissionState.PAYABLE])
    assert sheet.retained == sum(c.minor - c.clawed_back for c in of[CommissionState.RETAINED])
    assert sheet.reserved == sum(c.reserved for c in own)
    assert sheet.paid == sum(c.paid for c in own)


def check_payment(world: Rows, payment: Payment) -> None:
    """Test the refunds of a payment, and that its commissions are what is due (R11, R13)."""
    own = [row for row in world.refunds if row.payment_id == payment.id]
    assert payment.refunded == sum(row.minor for row in own)
    assert payment.chargebacks == sum(row.minor for row in own if row.kind in CHARGEBACKS)
    assert payment.minor == sum(line.minor for line in payment.lines)
    assert all(0 <= line.refunded <= line.minor for line in payment.lines)
    for commission in world.commissions_of(payment.payment_id):
        line = payment.lines[commission.line]
        assert commission.minor == due(commission, payment, line.minor)
        left = commission.minor - commission.clawed_back
        assert left == due(commission, payment, line.minor - line.refunded)


def due(commission: Commission, payment: Payment, amount: int) -> int:
    """Return what is due for an amount of the payment, by fractions."""
    exchange = Fraction(payment.exchange.scaled, 10**12) if payment.exchange else Fraction(1)
    share = Fraction(commission.rate.bps, 10_000)
    return half_up(exact_share(amount, payment.currency, commission.currency, exchange, share))


def check_counts(world: Rows) -> None:
    """Recompute paying clients, tiers and daily figures (R9)."""
    for code, number in world.links.items():
        enrolment = world.enrolments[number]
        if enrolment.program not in world.programs:
            continue
        own = [p for p in world.payments.values() if p.enrolment_id == number]
        live = [p for p in own if p.refunded < p.minor]
        has = {row.client_id for row in world.referrals.values() if row.enrolment_id == number}
        assert enrolment.paying_clients == len({p.client_id for p in live} & has)
        assert enrolment.active_clients == len(active_clients_of(world, number))
        program = world.programs[enrolment.program]
        is_by_services = program.tier_basis is TierBasis.ACTIVE_CLIENTS
        counted = enrolment.active_clients if is_by_services else enrolment.paying_clients
        held = [level.key for level in program.tiers if level.from_clients <= counted]
        assert enrolment.tier == (held[-1] if held else None)
        won = [row for row in world.referrals.values() if row.enrolment_id == number]
        for referral in won:
            assert referral.reason is None
            assert referral.live_payments == sum(p.client_id == referral.client_id for p in live)
        days = [delta for key, delta in world.stats.items() if key.enrolment_id == number]
        sheet = world.sheet(code)
        mine = [c for c in world.commissions.values() if c.enrolment_id == number]
        assert sum(day.registrations for day in days) == len(won)
        assert sum(day.commissions_minor for day in days) == sum(c.minor for c in mine)
        assert sum(day.clawed_back_minor for day in days) == sheet.clawed_back


def active_clients_of(world: Rows, enrolment_id: int) -> set[int]:
    """Return the enrolment's clients that are not deleted and have an active service (R9)."""
    own = {row.client_id for row in world.referrals.values() if row.enrolment_id == enrolment_id}
    return {
        service.client_id
        for service in world.services.values()
        if service.state is ServiceState.ACTIVE
        and service.client_id in own
        and world.clients[service.client_id].deleted_at is None
    }


def check_events(world: Rows) -> None:
    """Test that each event is in one state, with what belongs to it, and each fact stands once."""
    for record in world.events.values():
        is_applied = record.status is EventStatus.APPLIED
        assert (record.applied_at is not None) == is_applied
        has_no_error = is_applied or record.status is EventStatus.DUPLICATE
        assert (record.error is None) == has_no_error
        assert (record.waits_for is not None) == (record.status is EventStatus.PARKED)
        assert record.reason is None or is_applied
    facts = [r.fact for r in world.events.values() if r.status not in NOT_STANDING]
    assert len(facts) == len(set(facts))
