"""The home of earning: what a payment makes for the partner."""

from dataclasses import replace
from datetime import datetime

from domain.entities.client import Client, NotAttributed, Referral
from domain.entities.invoice import Invoice
from domain.entities.payment import (
    Commission,
    CommissionBasis,
    CommissionState,
    EarnedNothing,
    Payment,
)
from domain.intake.activity import move_counts, tell_below_tiers
from domain.intake.bonuses import exchange_of
from domain.intake.capping import note_earned, room_left
from domain.intake.facts import Facts
from domain.intake.suspecting import note_last_second
from domain.intake.telling import tell_commission
from domain.intake.telling_invoices import tell_legal_form
from domain.intake.withholding import withhold
from domain.ledger import book
from domain.money import ExchangeRate, convert
from domain.programs.model import Program
from domain.programs.model_rates import Settlement
from domain.records import changed
from domain.rules.commission import earns_nothing, held_until
from domain.rules.legal_forms import earns_by
from domain.rules.shares import Share, Standing, shares_of, shares_of_invoice
from domain.rules.tiers import counted_clients, tier_at


def accrue(
    facts: Facts,
    payment: Payment,
    client: Client,
    referral: Referral | None,
    invoice: Invoice | None = None,
) -> Payment:
    """Count the payment and make its commissions; return it with who earns or why nobody does.

    The tier is read with this payment counted (R8). A late attribution comes here too, so what
    was refunded before is taken back by ``claw_back`` afterwards. The payment of a partner's
    ``invoice`` earns what that withheld: nothing else is in the partner's hands (R15).
    """
    if referral is None or referral.enrolment_id is None:
        return replace(payment, reason=_reason_without_partner(referral, client))
    program = facts.programs.get(referral.program)
    if program is None:
        return replace(payment, reason=EarnedNothing.PARTNER_SUSPENDED)
    payment = changed(
        payment, program=program.key, enrolment_id=referral.enrolment_id, code=referral.code
    )
    count_live_payment(facts, payment.client_id, program.key, 1)
    exchange = exchange_of(payment, program.currency)
    if exchange is None:
        return replace(payment, reason=EarnedNothing.NO_EXCHANGE_RATE)
    day = facts.count(referral.enrolment_id, referral.code, payment.paid_at)
    day.payments += 1
    day.payments_minor += convert(payment.minor, payment.currency, program.currency, exchange)
    reason = None if invoice else _bar(facts, payment, client, referral)
    if reason is None:
        reason = _accrue_lines(facts, payment, client, referral, (exchange, invoice))
    return payment if payment.reason is reason else changed(payment, reason=reason)


def _bar(
    facts: Facts, payment: Payment, client: Client, referral: Referral
) -> EarnedNothing | None:
    """Return what keeps every line of a payment from earning, if anything does."""
    enrolment_id = referral.enrolment_id or 0
    reason = earns_nothing(
        referral,
        paid_at=payment.paid_at,
        deleted_at=client.deleted_at,
        is_active=facts.is_active(enrolment_id),
    )
    if reason is not None:
        return reason
    form = facts.legal_forms.get(enrolment_id)
    if earns_by(facts.programs[referral.program], form, payment.settlement):
        return None
    tell_legal_form(facts, payment, client)
    return EarnedNothing.LEGAL_FORM


def _reason_without_partner(referral: Referral | None, client: Client) -> EarnedNothing:
    told = referral.reason if referral else client.reason
    if told is NotAttributed.SELF_REFERRAL:
        return EarnedNothing.SELF_REFERRAL
    return EarnedNothing.NOT_ATTRIBUTED


def _accrue_lines(
    facts: Facts,
    payment: Payment,
    client: Client,
    referral: Referral,
    by: tuple[ExchangeRate, Invoice | None],
) -> EarnedNothing | None:
    """Make one commission per line; return why there is none at all, if there is none.

    The terms are those of the payment's own time, the tier what is counted by now (R8); an invoice
    has fixed both (R15). A fixed amount is earned once by a payment: by the first of its lines
    that it fits.
    """
    exchange, invoice = by
    terms = facts.programs[referral.program].at(payment.paid_at)
    tier = invoice.tier if invoice else _tier(facts, terms, referral)
    if terms.tiers and tier is None:
        tell_below_tiers(facts, payment, client, terms)
        return EarnedNothing.BELOW_TIERS
    if invoice:
        terms = replace(terms, version=invoice.terms_version or terms.version)
        shares = shares_of_invoice(invoice, payment, terms.currency, exchange)
    else:
        earned = convert(payment.minor, payment.currency, terms.currency, exchange)
        if terms.minimum_payment is not None and earned < terms.minimum_payment.minor:
            return EarnedNothing.BELOW_MINIMUM
        shares = shares_of(
            terms,
            payment,
            [facts.category_for(terms.key, line.category) for line in payment.lines],
            standing=Standing(
                tier=tier,
                registered_at=referral.registered_at,
                is_first=facts.referrals[payment.client_id, terms.key].live_payments == 1,
                room=room_left(facts, terms, payment),
            ),
            exchange=exchange,
        )
    for position, share in enumerate(shares):
        if share.minor:
            commission = _commission(facts, payment, position, share, terms, tier)
            _book(facts, commission, payment, client, referral)
            note_last_second(facts, commission, payment, referral)
    return None if any(share.minor for share in shares) else shares[0].reason


def _tier(facts: Facts, terms: Program, referral: Referral) -> str | None:
    enrolment = facts.enrolments[referral.enrolment_id or 0]
    level = tier_at(terms.tiers, counted_clients(enrolment, terms.tier_basis)).level
    return level.key if level else None


def _commission(
    facts: Facts,
    payment: Payment,
    position: int,
    share: Share,
    terms: Program,
    tier: str | None,
) -> Commission:
    until = held_until(terms, payment.paid_at)
    return Commission(
        id=facts.new_id(),
        payment_id=payment.id,
        line=position,
        enrolment_id=payment.enrolment_id or 0,
        client_id=payment.client_id,
        minor=share.minor,
        currency=terms.currency,
        rate=share.rate,
        tax_bps=share.tax_bps,
        tier=tier,
        category=payment.lines[position].category,
        settlement=payment.settlement,
        terms_version=terms.version,
        basis=share.basis,
        state=_state(payment, until, facts.now),
        held_until=until,
        created_at=facts.now,
    )


def _state(payment: Payment, until: datetime, now: datetime) -> CommissionState:
    if payment.settlement == Settlement.VIA_PARTNER:
        return CommissionState.RETAINED
    return CommissionState.HELD if until > now else CommissionState.PAYABLE


def _book(
    facts: Facts, commission: Commission, payment: Payment, client: Client, referral: Referral
) -> None:
    facts.commissions.add((payment.id, commission.line), commission)
    note_earned(facts, payment, commission.minor)
    facts.post(
        commission.enrolment_id,
        book.commission_accrued(commission.state, commission.minor),
        occurred_at=payment.paid_at,
        commission_id=commission.id,
    )
    day = facts.count(commission.enrolment_id, referral.code, payment.paid_at)
    day.commissions_minor += commission.minor
    tell_commission(facts, commission, payment)
    is_held = commission.state is CommissionState.HELD
    facts.tell_admins(
        commission.enrolment_id,
        "commission",
        {
            "client": client.name,
            "client_id": client.id,
            "commission_id": commission.id,
            "minor": commission.minor,
            "currency": commission.currency,
            "payment_minor": payment.lines[commission.line].minor,
            "payment_currency": payment.currency,
            "rate_bps": commission.rate.bps,
            "tax_bps": commission.tax_bps,
            "is_fixed": commission.rate.bps == 0,
            "is_capped": commission.basis is CommissionBasis.CAPPED,
            "tier": commission.tier,
            "state": commission.state.value,
            "held_until": commission.held_until.isoformat() if is_held else None,
        },
    )


def count_live_payment(facts: Facts, client_id: int, program_key: str, by: int) -> None:
    """Add a payment that is not fully refunded, or take one away, and move the tier (R9)."""
    referral = facts.referrals[client_id, program_key]
    live = referral.live_payments + by
    facts.referrals.put((client_id, program_key), changed(referral, live_payments=live))
    if referral.enrolment_id is None or (live > 0) == (referral.live_payments > 0):
        return
    change = 1 if live > 0 else -1
    registered = facts.count(referral.enrolment_id, referral.code, referral.registered_at)
    registered.paying_clients += change
    move_counts(facts, referral.enrolment_id, paying=change)


def release_due(facts: Facts, commission: Commission) -> Commission:
    """Make a held commission payable when its hold has ended (R14); return it as it stands."""
    if commission.state is not CommissionState.HELD or commission.held_until > facts.now:
        return commission
    after = replace(commission, state=CommissionState.PAYABLE)
    facts.commissions.put((commission.payment_id, commission.line), after)
    left = commission.minor - commission.clawed_back
    if left:
        facts.post(
            commission.enrolment_id,
            book.commission_released(left),
            occurred_at=commission.held_until,
            commission_id=commission.id,
        )
    return withhold(facts, after, None)
