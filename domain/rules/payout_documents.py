"""The home of the rules of pay-out documents: their lines, and what Done waits for (R22)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from domain.entities.partner import LegalForm
from domain.entities.payout_document import (
    LINES_MAX,
    Covered,
    DocumentLine,
    PayoutDocument,
    PayoutDocumentTerms,
    SignedCopy,
    SignedStatus,
)
from domain.entities.requisites import Country
from domain.errors import DomainError


class SignedCopyMissing(DomainError):
    """Done waits for a signed copy that staff accepted; ``status`` says where it stands."""

    code = "signed_copy_missing"


class SignedCopyDecided(DomainError):
    """Somebody was faster, or another copy came meanwhile."""

    code = "signed_copy_decided"


class SignedCopyNotWanted(DomainError):
    """This pay-out waits for no signed copy."""

    code = "signed_copy_not_wanted"


def folded(lines: Sequence[DocumentLine]) -> tuple[DocumentLine, ...]:
    """Return the lines of a document in order; of many commissions one line for each month."""
    ordered = sorted(lines, key=lambda line: (line.kind is Covered.ADJUSTMENT, line.day, line.ref))
    if len(ordered) <= LINES_MAX:
        return tuple(ordered)
    months: dict[date, list[DocumentLine]] = defaultdict(list)
    for line in ordered:
        if line.kind is Covered.COMMISSION:
            months[line.day.replace(day=1)].append(line)
    rest = [line for line in ordered if line.kind is not Covered.COMMISSION]
    return (*(_month(first, month) for first, month in sorted(months.items())), *_summed(rest))


def _month(first: date, lines: Iterable[DocumentLine]) -> DocumentLine:
    sums = [line.minor for line in lines]
    return DocumentLine(kind=Covered.MONTH, day=first, minor=sum(sums), count=len(sums))


def _summed(adjustments: Sequence[DocumentLine]) -> tuple[DocumentLine, ...]:
    if len(adjustments) <= LINES_MAX:
        return tuple(adjustments)
    last = adjustments[-1].day
    total = sum(line.minor for line in adjustments)
    count = len(adjustments)
    return (DocumentLine(kind=Covered.ADJUSTMENT, day=last, minor=total, count=count),)


def check_signed(terms: PayoutDocumentTerms | None, copy: SignedCopy | None) -> None:
    """Test that nothing on paper keeps a pay-out from being done.

    Raises:
        SignedCopyMissing: the program wants a signed copy, and none was accepted.
    """
    if terms is None or not terms.needs_signed:
        return
    if copy is None or copy.status is not SignedStatus.ACCEPTED:
        raise SignedCopyMissing(status=copy.status.value if copy else None)


def gives_receipt(document: PayoutDocument) -> bool:
    """Test if the partner gives a receipt of the tax service: a self-employed of Russia does."""
    details = document.partner
    return details.form is LegalForm.SELF_EMPLOYED and details.country is Country.RU
