"""The home of the ports of requisites, pay-out documents and signed copies."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Protocol

from domain.entities.payout_document import (
    Contract,
    DocumentKind,
    DocumentLine,
    PayoutDocument,
    SignedCopy,
)
from domain.entities.requisites import Requisites


class RequisitesList(Protocol):
    """The requisites of partners, encrypted; one set for each."""

    async def of(self, partner_id: int) -> Requisites | None:
        """Return a partner's requisites."""
        ...

    async def put(self, requisites: Requisites) -> None:
        """Keep requisites in the place of those before."""
        ...


class PayoutDocuments(Protocol):
    """Documents, which never change, and the signed copies that come back."""

    async def next_number(self, partner_id: int, kind: DocumentKind, year: int) -> int:
        """Return the number that follows the last one; the writer's turn keeps it ours."""
        ...

    async def add(self, document: PayoutDocument) -> None:
        """Keep a new document."""
        ...

    async def of_payout(self, payout_id: int) -> Sequence[PayoutDocument]:
        """Return the documents of a pay-out, by kind."""
        ...

    async def contract(self, partner_id: int, program: str) -> Contract | None:
        """Return the contract that the approval of the partner in the program gave it."""

    async def lines(self, payout_id: int, zone: tzinfo) -> Sequence[DocumentLine]:
        """Return what a pay-out consumed, as lines of a document with days of the zone."""
        ...

    async def signed(self, payout_id: int) -> SignedCopy | None:
        """Return the latest signed copy of a pay-out."""
        ...

    async def signed_by_id(self, copy_id: int) -> SignedCopy | None:
        """Return a signed copy."""
        ...

    async def add_signed(self, copy: SignedCopy) -> None:
        """Keep a new signed copy."""
        ...

    async def update_signed(self, copy: SignedCopy) -> None:
        """Keep the next state of a signed copy."""
        ...
