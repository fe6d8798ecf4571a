"""The home of requisites, pay-out documents and signed copies; what names people is encrypted."""

import json
from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.application import ApplicationStatus
from domain.entities.payment import CommissionBasis
from domain.entities.payout_document import (
    Contract,
    Covered,
    DocumentKind,
    DocumentLine,
    PayoutDocument,
    SignedCopy,
)
from domain.entities.requisites import Details, Requisites
from domain.money import Money
from storage.repositories.payout_document_facts import (
    read_contract,
    read_details,
    read_line,
    written_facts,
)
from storage.rows import AnyRow, insert_all, upsert, values_of
from storage.tables import (
    adjustments,
    applications,
    commissions,
    payments,
    payout_adjustments,
    payout_documents,
    payout_parts,
    requisites,
    signed_copies,
)
from storage.vault import Vault


class RequisitesRepository:
    """Requisites on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def of(self, partner_id: int) -> Requisites | None:
        """Return a partner's requisites."""
        row = (
            await self._connection.execute(
                select(requisites).where(requisites.c.partner_id == partner_id)
            )
        ).first()
        if row is None:
            return None
        values = json.loads(self._vault.open(row.fields, context=_context(partner_id)))
        return Requisites(
            partner_id=partner_id,
            details=Details(country=row.country, form=row.form, values=values),
            saved_by=row.saved_by,
            saved_at=row.saved_at,
        )

    async def put(self, kept: Requisites) -> None:
        """Keep requisites in the place of those before."""
        text = json.dumps(dict(kept.details.values), ensure_ascii=False)
        row = {
            "country": kept.details.country,
            "form": kept.details.form,
            "fields": self._vault.seal(text, context=_context(kept.partner_id)),
            "saved_by": kept.saved_by,
            "saved_at": kept.saved_at,
        }
        statement = upsert(self._connection, requisites).values(partner_id=kept.partner_id, **row)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["partner_id"], set_=row)
        )


def _context(partner_id: int) -> str:
    return f"requisites:{partner_id}"


class PayoutDocumentRepository:
    """Pay-out documents and signed copies on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def next_number(self, partner_id: int, kind: DocumentKind, year: int) -> int:
        """Return the number that follows the last one; the writer's turn keeps it ours."""
        last = await self._connection.scalar(
            select(func.max(payout_documents.c.number)).where(
                payout_documents.c.partner_id == partner_id,
                payout_documents.c.kind == kind,
                payout_documents.c.year == year,
            )
        )
        return int(last or 0) + 1

    async def add(self, document: PayoutDocument) -> None:
        """Keep a new document."""
        names = ("id", "payout_id", "partner_id", "kind", "year", "number", "made_at")
        row: dict[str, Any] = {name: getattr(document, name) for name in names}
        text = json.dumps(written_facts(document), ensure_ascii=False)
        row["facts"] = self._vault.seal(text, context=f"payout_document:{document.id}")
        await insert_all(self._connection, payout_documents, [row])

    async def of_payout(self, payout_id: int) -> Sequence[PayoutDocument]:
        """Return the documents of a pay-out, in the order in which they were made."""
        rows = await self._connection.execute(
            select(payout_documents)
            .where(payout_documents.c.payout_id == payout_id)
            .order_by(payout_documents.c.id)
        )
        return [self._document(row) for row in rows]

    def _document(self, row: AnyRow) -> PayoutDocument:
        text = self._vault.open(row.facts, context=f"payout_document:{row.id}")
        facts = json.loads(text)
        vendor = facts["vendor"]
        return PayoutDocument(
            id=row.id,
            payout_id=row.payout_id,
            partner_id=row.partner_id,
            kind=row.kind,
            year=row.year,
            number=row.number,
            made_at=row.made_at,
            day=date.fromisoformat(facts["day"]),
            language=facts["language"],
            program=facts["program"],
            code=facts["code"],
            amount=Money(facts["minor"], facts["currency"]),
            partner=read_details(facts["partner"]),
            vendor=read_details(vendor) if vendor else None,
            purpose=facts["purpose"],
            lines=tuple(read_line(line) for line in facts["lines"]),
            contract=read_contract(facts.get("contract")),
        )

    async def contract(self, partner_id: int, program: str) -> Contract | None:
        """Return the contract that the approval of the partner in the program gave it."""
        found = await self._connection.execute(
            select(applications.c.contract_number, applications.c.contract_date)
            .where(
                applications.c.partner_id == partner_id,
                applications.c.program == program,
                applications.c.status == ApplicationStatus.APPROVED,
                applications.c.contract_number.is_not(None),
                applications.c.contract_date.is_not(None),
            )
            .order_by(applications.c.number.desc())
            .limit(1)
        )
        row = found.first()
        return Contract(number=row.contract_number, day=row.contract_date) if row else None

    async def lines(self, payout_id: int, zone: tzinfo) -> Sequence[DocumentLine]:
        """Return what a pay-out consumed, as lines of a document with days of the zone."""
        parts = await self._connection.execute(
            select(
                payout_parts.c.minor,
                commissions.c.minor.label("whole_minor"),
                commissions.c.rate,
                commissions.c.tax_bps,
                commissions.c.basis,
                commissions.c.line,
                payments.c.payment_id,
                payments.c.paid_at,
                payments.c.currency,
                payments.c.lines,
            )
            .join(commissions, commissions.c.id == payout_parts.c.commission_id)
            .join(payments, payments.c.id == commissions.c.payment_id)
            .where(payout_parts.c.payout_id == payout_id)
        )
        others = await self._connection.execute(
            select(payout_adjustments.c.minor, adjustments.c.booked_at, adjustments.c.asked_at)
            .join(adjustments, adjustments.c.id == payout_adjustments.c.adjustment_id)
            .where(payout_adjustments.c.payout_id == payout_id)
        )
        return [
            *(
                DocumentLine(
                    kind=Covered.COMMISSION,
                    day=row.paid_at.astimezone(zone).date(),
                    minor=row.minor,
                    whole_minor=row.whole_minor,
                    ref=row.payment_id,
                    base_minor=row.lines[row.line].minor,
                    base_currency=row.currency,
                    rate_bps=None if _is_more_than_rate(row) else row.rate.bps,
                )
                for row in parts
            ),
            *(
                DocumentLine(
                    kind=Covered.ADJUSTMENT,
                    day=(row.booked_at or row.asked_at).astimezone(zone).date(),
                    minor=row.minor,
                )
                for row in others
            ),
        ]

    async def signed(self, payout_id: int) -> SignedCopy | None:
        """Return the latest signed copy of a pay-out."""
        row = (
            await self._connection.execute(
                select(signed_copies)
                .where(signed_copies.c.payout_id == payout_id)
                .order_by(signed_copies.c.id.desc())
                .limit(1)
            )
        ).first()
        return self._copy(row) if row else None

    async def signed_by_id(self, copy_id: int) -> SignedCopy | None:
        """Return a signed copy."""
        row = (
            await self._connection.execute(
                select(signed_copies).where(signed_copies.c.id == copy_id)
            )
        ).first()
        return self._copy(row) if row else None

    def _copy(self, row: AnyRow) -> SignedCopy:
        values = {c.name: getattr(row, c.name) for c in signed_copies.c}
        values["link"] = self._vault.open(row.link, context=f"signed_copy:{row.id}")
        values["paper_ids"] = tuple(json.loads(row.paper_ids))
        return SignedCopy(**values)

    async def add_signed(self, copy: SignedCopy) -> None:
        """Keep a new signed copy."""
        row = values_of(copy) | {
            "link": self._vault.seal(copy.link, context=f"signed_copy:{copy.id}"),
            "paper_ids": json.dumps(copy.paper_ids),
        }
        await insert_all(self._connection, signed_copies, [row])

    async def update_signed(self, copy: SignedCopy) -> None:
        """Keep the next state of a signed copy."""
        row = values_of(copy, but=("id", "payout_id", "link", "sent_by", "sent_at"))
        await self._connection.execute(
            update(signed_copies)
            .where(signed_copies.c.id == copy.id)
            .values(row | {"paper_ids": json.dumps(copy.paper_ids)})
        )


def _is_more_than_rate(row: AnyRow) -> bool:
    """Test if payment times rate is not the commission: a fixed or capped one, or less a tax."""
    return row.basis is not CommissionBasis.SHARE or row.tax_bps > 0
