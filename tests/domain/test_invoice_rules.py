"""What an invoice withholds, what the legal form decides, and the price list of a program."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.invoice import Invoice, InvoiceLine, InvoiceStatus
from domain.entities.partner import LegalForm
from domain.entities.payment import Line
from domain.errors import DomainError
from domain.money import SAME_CURRENCY, Rate
from domain.programs.load import load_program
from domain.programs.model import Program
from domain.programs.problems import ProgramFileInvalid
from domain.rules.commission import refund_lines
from domain.rules.invoices import withheld
from domain.rules.legal_forms import (
    LegalFormMissing,
    LegalFormNotPaid,
    check_paid_out,
    earns_by,
)
from tests.domain.builders import PRESETS, TEXTS, many, saas_tiers

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LISTED = """
[program]
key = "shop"
currency = "EUR"
[commission]
rates = [{ category = "chat", settlement = "via_partner", rate = "50%" }]
[payout]
minimum = "1.00"
[price_list]
due_days = 5
[[price_list.items]]
key = "seat"
category = "chat"
price = "9.90"
period = "month"
names = { en = "Seat", ru = "Место", uk = "Місце", bg = "Място" }
"""


def widgets() -> Program:
    text = (PRESETS / "widget-reseller.toml").read_text("utf-8")
    return load_program(text, source="widget-reseller.toml")


def invoice(lines: list[tuple[str, int, int]]) -> Invoice:
    rows = tuple(
        InvoiceLine(
            item=f"i{number}",
            name="x",
            category=category,
            quantity=1,
            minor=minor,
            rate=Rate(bps),
        )
        for number, (category, minor, bps) in enumerate(lines)
    )
    return Invoice(
        id=1,
        client_id=1,
        enrolment_id=1,
        program="shop",
        status=InvoiceStatus.REQUESTED,
        currency="EUR",
        lines=rows,
        minor=sum(row.minor for row in rows),
        changed_at=NOW,
    )


@pytest.mark.parametrize(
    ("lines", "share"),
    [
        ([("chat", 1995, 1250)], 249),
        ([("chat", 297, 1250), ("chat", 1995, 1250)], 287),
        ([("chat", 297, 1250), ("mail", 35, 1000)], 37 + 4),
        ([("chat", 1, 5000)], 1),
        ([("chat", 1, 4999)], 0),
        ([("chat", 990_000, 5000)], 495_000),
        ([("chat", 990_000, 0)], 0),
    ],
)
def test_a_share_is_rounded_once_for_each_category(
    lines: list[tuple[str, int, int]], share: int
) -> None:
    assert withheld(invoice(lines)) == share


@many
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 10**9)), min_size=1, max_size=6
    ),
    st.integers(0, 10_000),
    st.data(),
)
def test_what_is_withheld_is_what_the_payment_earns_and_a_refund_leaves_nothing(
    rows: list[tuple[str, int]], bps: int, data: st.DataObject
) -> None:
    asked = invoice([(category, minor, bps) for category, minor in rows])
    rate = Rate(bps)

    def earned(parts: list[int]) -> int:
        return sum(rate.of(part, "EUR", "EUR", SAME_CURRENCY) for part in parts)

    share = withheld(asked)
    assert share == earned(list(asked.parts.values()))
    assert 0 <= share <= asked.minor
    lines = tuple(Line(category=key, minor=minor) for key, minor in asked.parts.items())
    first = data.draw(st.integers(1, asked.minor))
    once = refund_lines(lines, first, None)
    kept = earned([line.minor - line.refunded for line in once])
    assert 0 <= kept <= share
    rest = asked.minor - first
    whole = refund_lines(once, rest, None) if rest else once
    assert earned([line.minor - line.refunded for line in whole]) == 0


@pytest.mark.parametrize(
    ("form", "settlement", "earns"),
    [
        (LegalForm.INDIVIDUAL, "via_partner", True),
        (LegalForm.INDIVIDUAL, "direct", False),
        (LegalForm.SELF_EMPLOYED, "direct", True),
        (LegalForm.LEGAL_ENTITY, "via_partner", True),
        (None, "direct", True),
    ],
)
def test_what_earns_by_legal_form(form: LegalForm | None, settlement: str, *, earns: bool) -> None:
    assert earns_by(widgets(), form, settlement) is earns
    assert earns_by(saas_tiers(), form, settlement), "a program that never asks (R30)"


def test_a_form_that_is_not_admitted_earns_nothing() -> None:
    program = replace(widgets(), forms=widgets().forms[:1])
    assert not earns_by(program, LegalForm.INDIVIDUAL, "via_partner")


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        (LegalForm.INDIVIDUAL, LegalFormNotPaid),
        (None, LegalFormMissing),
        (LegalForm.SELF_EMPLOYED, None),
        (LegalForm.SOLE_PROPRIETOR, None),
        (LegalForm.LEGAL_ENTITY, None),
    ],
)
def test_who_is_paid_out(form: LegalForm | None, refusal: type[DomainError] | None) -> None:
    check_paid_out(saas_tiers(), form)
    if refusal is None:
        check_paid_out(widgets(), form)
        return
    with pytest.raises(refusal) as caught:
        check_paid_out(widgets(), form)
    if form is not None:
        assert caught.value.facts["by_invoice"] is True
        assert caught.value.facts["paid"] == ["legal_entity", "sole_proprietor", "self_employed"]


def test_a_price_list_is_read() -> None:
    program = load_program(LISTED + TEXTS, source="shop.toml")
    (item,) = program.price_list
    assert (item.key, str(item.price), item.period.value) == ("seat", "9.90", "month")
    assert (item.name("bg"), item.category, program.invoice_due_days) == ("Място", "chat", 5)
    assert len(widgets().price_list) == 5


@pytest.mark.parametrize(
    ("old", "new", "key", "told"),
    [
        ("due_days = 5", "due_days = 0", "price_list.due_days", "from 1 to 90"),
        ('key = "seat"', 'key = "Seat 1"', "price_list.items[1].key", "small Latin letter"),
        ('price = "9.90"', 'price = "9.901"', "price_list.items[1].price", "at most 2 decimals"),
        ('price = "9.90"', "price = 9.9", "price_list.items[1].price", "in quotes"),
        ('period = "month"', 'period = "week"', "price_list.items[1].period", "month, year, once"),
        (', bg = "Място"', "", "price_list.items[1].names.bg", "is missing: its name"),
        ('category = "chat"\nprice', 'category = "mail"\nprice', "price_list.items[1].category",
         "no row for the category 'mail' with settlement via_partner"),
        ('category = "chat"\nprice', "price", "price_list.items[1]", "items without category"),
        ("[[price_list.items]]", "[[price_list.item]]", "price_list.items", "is missing"),
        ('period = "month"', 'period = "month"\nvat = 1', "price_list.items[1].vat", "unknown"),
    ],
)  # fmt: skip
def test_a_wrong_price_list_is_explained(old: str, new: str, key: str, told: str) -> None:
    assert old in LISTED
    with pytest.raises(ProgramFileInvalid) as caught:
        load_program(LISTED.replace(old, new, 1) + TEXTS, source="shop.toml")
    found = {problem.key: problem.message for problem in caught.value.problems}
    assert told in found[key], found


def test_items_twice_and_with_and_without_category() -> None:
    second = LISTED[LISTED.index("[[price_list.items]]") :]
    bare = second.replace('category = "chat"\n', "").replace('"seat"', '"box"')
    for more, told in ((second, "stands here twice"), (bare, "one for all or for none")):
        with pytest.raises(ProgramFileInvalid) as caught:
            load_program(LISTED + more + TEXTS, source="shop.toml")
        assert any(told in problem.message for problem in caught.value.problems)
