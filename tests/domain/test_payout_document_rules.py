"""Lines of a pay-out's documents, and what Done waits for (R22)."""

from datetime import date

import pytest

from domain.entities.payout_document import (
    LINES_MAX,
    Covered,
    DocumentKind,
    DocumentLine,
    PayoutDocumentTerms,
)
from domain.rules.payout_documents import SignedCopyMissing, check_signed, folded


def _lines(count: int) -> list[DocumentLine]:
    return [
        DocumentLine(
            kind=Covered.COMMISSION, day=date(2026, 1 + at % 3, 1 + at % 28), minor=at, ref=str(at)
        )
        for at in range(1, count + 1)
    ]


def test_few_lines_stand_one_by_one_oldest_first() -> None:
    lines = [*_lines(3), DocumentLine(kind=Covered.ADJUSTMENT, day=date(2025, 1, 1), minor=-5)]

    shown = folded(lines[::-1])

    assert [line.day for line in shown[:3]] == sorted(line.day for line in _lines(3))
    assert shown[-1].kind is Covered.ADJUSTMENT


def test_many_are_one_line_a_month_and_nothing_is_lost() -> None:
    lines = _lines(LINES_MAX + 1)

    shown = folded(lines)

    assert [line.kind for line in shown] == [Covered.MONTH] * 3
    assert sum(line.minor for line in shown) == sum(line.minor for line in lines)
    assert sum(line.count for line in shown) == LINES_MAX + 1


def test_done_waits_only_where_the_program_wants_a_copy() -> None:
    kinds = (DocumentKind.ACT,)
    check_signed(None, None)
    check_signed(PayoutDocumentTerms(kinds=kinds, needs_signed=False, purpose={}), None)
    with pytest.raises(SignedCopyMissing):
        check_signed(PayoutDocumentTerms(kinds=kinds, needs_signed=True, purpose={}), None)
