"""The home of converting: what a conversion would give, and giving it (R19, R20)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.entities.conversion import BonusPart, Conversion, Credit
from domain.entities.payment import Commission
from domain.entities.payout import Spending
from domain.intake.bonuses import base_of
from domain.intake.facts import Facts
from domain.intake.load_partners import load_bonus_parts
from domain.intake.paying import load_queue, move_sources
from domain.ledger import book
from domain.ports.work import Work
from domain.programs.model_rates import Conversion as Terms
from domain.rules.conversion import further_bonus


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculated:
    """What a conversion consumes and gives.

    Attributes:
        spent: What it consumes.
        parts: The commissions among it, each with its bonus; their conversion has no id yet.
    """

    spent: Spending
    parts: tuple[BonusPart, ...]

    @property
    def bonus(self) -> int:
        """What the vendor adds."""
        return sum(part.bonus for part in self.parts)


async def calculate(
    facts: Facts, work: Work, enrolment_id: int, minor: int, terms: Terms
) -> Calculated:
    """Return what converting an amount would consume and give now (R20).

    Args:
        facts: The picture; what is consumed is loaded into it.
        work: The transaction.
        enrolment_id: Whose balance.
        minor: At most what is payable.
        terms: The bonus of the program.
    """
    spent = await load_queue(facts, work, enrolment_id, minor)
    consumed = await work.payouts.commissions([part.commission_id for part in spent.commissions])
    by_id = {commission.id: commission for commission in consumed}
    await load_bonus_parts(facts, work)
    payments = await work.conversions.payments_of([row.payment_id for row in consumed])
    parts = []
    for part in spent.commissions:
        commission = by_id[part.commission_id]
        new = BonusPart(
            commission_id=commission.id,
            minor=part.minor,
            bonus=0,
            rate=terms.bonus,
            base=terms.bonus_base,
            conversion_id=0,
            account_id="",
        )
        base = base_of(payments[commission.payment_id], commission)
        before = facts.bonus_parts.get(commission.id, ())
        parts.append(replace(new, bonus=further_bonus(commission, base, before, new)))
    return Calculated(spent=spent, parts=tuple(parts))


async def convert(facts: Facts, work: Work, conversion: Conversion, done: Calculated) -> None:
    """Keep a conversion: move the money, add the bonus, and let billing be told."""
    parts = [
        replace(part, conversion_id=conversion.id, account_id=conversion.account_id)
        for part in done.parts
    ]
    await work.conversions.add(conversion, parts, done.spent.adjustments)
    move_sources(facts, done.spent, ("", "converted"))
    _add_bonuses(facts, parts)
    _post(facts, conversion)
    facts.credits.append(
        Credit(
            id=facts.new_id(),
            enrolment_id=conversion.enrolment_id,
            conversion_id=conversion.id,
            minor=conversion.credit.minor,
            currency=conversion.amount.currency,
            account_id=conversion.account_id,
            at=facts.now,
        )
    )


def _add_bonuses(facts: Facts, parts: Sequence[BonusPart]) -> None:
    by_id: dict[int, Commission] = {row.id: row for row in facts.commissions.values()}
    for part in parts:
        commission = by_id[part.commission_id]
        after = replace(commission, bonus=commission.bonus + part.bonus)
        facts.commissions.put((commission.payment_id, commission.line), after)


def _post(facts: Facts, conversion: Conversion) -> None:
    entries = [book.conversion_made(conversion.amount.minor)]
    if conversion.bonus:
        entries.append(book.conversion_bonus(conversion.bonus))
    for fact in entries:
        facts.post(
            conversion.enrolment_id,
            fact,
            occurred_at=facts.now,
            conversion_id=conversion.id,
            actor=conversion.converted_by,
        )
