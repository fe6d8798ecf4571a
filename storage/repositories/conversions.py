"""The home of conversions into service credit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.adjustment import AdjustmentPart
from domain.entities.conversion import BonusPart, Conversion, Credit
from domain.entities.payment import Payment
from domain.money import Money
from storage.rows import AnyRow, among, insert_all, records_of, values_of
from storage.tables import (
    conversion_adjustments,
    conversion_parts,
    conversions,
    credits_,
    payments,
)


def conversion_of(row: AnyRow) -> Conversion:
    """Return the conversion that a row holds."""
    values = {name: row._mapping[name] for name in conversions.c.keys()}  # noqa: SLF001, SIM118
    amount = Money(values.pop("minor"), values.pop("currency"))
    return Conversion(**values, amount=amount)


class ConversionRepository:
    """Conversions on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def by_request(self, request_key: str) -> Conversion | None:
        """Return the conversion that this confirmation has made already."""
        row = (
            await self._connection.execute(
                select(conversions).where(conversions.c.request_key == request_key)
            )
        ).first()
        return conversion_of(row) if row else None

    async def add(
        self,
        conversion: Conversion,
        parts: Sequence[BonusPart],
        adjustments: Sequence[AdjustmentPart],
    ) -> None:
        """Keep a new conversion with what it consumed."""
        row = values_of(conversion, but=("amount",)) | {
            "minor": conversion.amount.minor,
            "currency": conversion.amount.currency,
        }
        await insert_all(self._connection, conversions, [row])
        names = ("conversion_id", "commission_id", "minor", "bonus")
        await insert_all(
            self._connection,
            conversion_parts,
            [{name: getattr(part, name) for name in names} for part in parts],
        )
        await insert_all(
            self._connection,
            conversion_adjustments,
            [values_of(part) | {"conversion_id": conversion.id} for part in adjustments],
        )

    async def parts_of(self, commission_ids: Sequence[int]) -> Mapping[int, Sequence[BonusPart]]:
        """Return the conversions of commissions, oldest first, by commission."""
        rows = await self._connection.execute(
            select(
                conversion_parts,
                conversions.c.bonus_rate.label("rate"),
                conversions.c.bonus_base.label("base"),
                conversions.c.account_id,
            )
            .join(conversions, conversions.c.id == conversion_parts.c.conversion_id)
            .where(among(conversion_parts.c.commission_id, commission_ids))
            .order_by(conversions.c.converted_at, conversions.c.id)
        )
        found: dict[int, list[BonusPart]] = defaultdict(list)
        for part in records_of(BonusPart, rows):
            found[part.commission_id].append(part)
        return found

    async def payments_of(self, payment_ids: Sequence[int]) -> Mapping[int, Payment]:
        """Return payments by our ids: what bonuses are shares of."""
        rows = await self._connection.execute(
            select(payments).where(among(payments.c.id, payment_ids))
        )
        return {payment.id: payment for payment in records_of(Payment, rows)}

    async def add_credits(self, new: Sequence[Credit]) -> None:
        """Keep changes of the service credit."""
        await insert_all(self._connection, credits_, [values_of(row) for row in new])
