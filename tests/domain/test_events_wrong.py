"""Wrong events are refused whole, with everything that is wrong named at once by its path."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events.fields import MalformedEvent
from domain.events.read import EVENT_TYPES, LEGAL_FORMS
from domain.events.types import Event
from tests.domain.builders import instant
from tests.domain.event_bodies import AT, LEAST, NOW, PAYMENT, problems, read


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_an_empty_object_misses_every_required_field(kind: str) -> None:
    assert problems(kind, {}) == {f"data.{name}": "is required" for name in LEAST[kind]}


@pytest.mark.parametrize("kind", EVENT_TYPES)
@pytest.mark.parametrize("wrong", [5, True, 1.5, [], {}, ["x"]], ids=repr)
def test_every_field_of_a_wrong_json_type_is_named_at_once(kind: str, wrong: object) -> None:
    assert problems(kind, dict.fromkeys(LEAST[kind], wrong)).keys() == {
        f"data.{name}" for name in LEAST[kind]
    }


@pytest.mark.parametrize("kind", EVENT_TYPES)
@pytest.mark.parametrize("wrong", ["", "   ", "\0", "\ud800", "a\0b"], ids=repr)
def test_every_empty_or_unstorable_text_is_named_at_once(kind: str, wrong: str) -> None:
    assert problems(kind, dict.fromkeys(LEAST[kind], wrong)).keys() == {
        f"data.{name}" for name in LEAST[kind]
    }


def test_all_that_is_wrong_with_a_registration_is_told_at_once() -> None:
    data = {
        "client_id": "x" * 129,
        "name": "n" * 201,
        "registered_at": "2026-11-21 10:00",
        "click_id": "t" * 4_097,
        "visitor_id": "v\n1",
        "referral_code": " leo",
        "telegram_id": "5",
        "email": 7,
        "phone": "1" * 201,
        "legal_form": "company",
        "tax_id": "1\t2",
        "platform": "",
        "department": "d\0",
        "owner_account_id": [],
        "account": {"account_id": "", "name": 5},
        "program": {},
    }

    assert problems("client.registered", data) == {
        "data.client_id": "must have at most 128 characters, this has 129",
        "data.name": "must have at most 200 characters, this has 201",
        "data.registered_at": "must be RFC 3339 with an offset, such as 2026-11-21T10:00:00Z",
        "data.click_id": "must have at most 4096 characters, this has 4097",
        "data.visitor_id": "must be printable characters without spaces around them",
        "data.referral_code": "must be printable characters without spaces around them",
        "data.telegram_id": "must be a Telegram user id, a whole number above zero",
        "data.email": "must be a string",
        "data.phone": "must have at most 200 characters, this has 201",
        "data.legal_form": f"must be one of {', '.join(LEGAL_FORMS)}",
        "data.tax_id": "must be printable characters without spaces around them",
        "data.platform": "must not be empty",
        "data.department": "must not contain NUL",
        "data.owner_account_id": "must be a string",
        "data.account.account_id": "must not be empty",
        "data.account.name": "must be a string",
        "data.program": "must be a string",
    }


def test_all_that_is_wrong_with_a_payment_is_told_at_once() -> None:
    data = {
        "payment_id": "",
        "client_id": None,
        "amount": "1e3",
        "currency": "USD",
        "paid_at": "yesterday",
        "account_id": "\x7f",
        "category": 5,
        "settlement": "cash",
        "exchange_rate": "0",
        "invoice_id": False,
        "program": "\u200b",
        "lines": [{"category": "vps", "amount": "0.001"}, {"amount": 5}, {"category": "vps"}],
    }

    assert problems("payment.succeeded", data).keys() == {
        "data.payment_id",
        "data.client_id",
        "data.amount",
        "data.paid_at",
        "data.account_id",
        "data.category",
        "data.settlement",
        "data.exchange_rate",
        "data.invoice_id",
        "data.program",
        "data.lines",
        "data.lines[0].amount",
        "data.lines[1].category",
        "data.lines[1].amount",
        "data.lines[2].amount",
    }


def test_a_wrong_currency_does_not_hide_a_wrong_amount() -> None:
    data = PAYMENT | {"currency": "usd", "amount": "ten"}

    assert problems("payment.succeeded", data).keys() == {"data.currency", "data.amount"}
    assert problems("payment.succeeded", PAYMENT | {"currency": "usd"}).keys() == {"data.currency"}


@pytest.mark.parametrize("missing", sorted(PAYMENT))
def test_one_missing_field_makes_one_problem(missing: str) -> None:
    lines = [{"category": "vps", "amount": "70.00"}, {"category": "mail", "amount": "30.00"}]
    data = {name: value for name, value in PAYMENT.items() if name != missing} | {"lines": lines}

    assert problems("payment.succeeded", data) == {f"data.{missing}": "is required"}


@pytest.mark.parametrize(
    "kind",
    ["", "payment", "payment.succeded", "PAYMENT.SUCCEEDED", " payment.succeeded", "x" * 999],
)
def test_an_unknown_type_is_told_with_those_that_are_known(kind: str) -> None:
    message = problems(kind, PAYMENT)["type"]

    assert all(known in message for known in EVENT_TYPES)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([AT, "100.00", "USD", "vps", "0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
field_names = sorted({name for data in LEAST.values() for name in data} | {"lines", "account"})


@given(
    st.sampled_from(EVENT_TYPES),
    st.dictionaries(st.sampled_from(field_names), json_values, max_size=6),
)
@settings(deadline=None, max_examples=250)
def test_any_object_is_read_or_refused_with_its_fields_named(
    kind: str, changes: dict[str, object]
) -> None:
    result = event_or_fields(kind, LEAST[kind] | changes)

    assert result
    if isinstance(result, list):
        wrong = {name.removeprefix("data.").partition("[")[0].partition(".")[0] for name in result}
        assert wrong <= changes.keys()
    else:
        assert instant("1970-01-01") <= result.at <= NOW + timedelta(minutes=5)


def event_or_fields(kind: str, data: Mapping[str, object]) -> Event | list[str]:
    try:
        return read(kind, data)
    except MalformedEvent as refusal:
        return [problem.field for problem in refusal.problems]
