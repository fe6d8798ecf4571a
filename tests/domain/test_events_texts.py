"""Texts, ids and words of events: what is kept as it came and what is refused."""

import pytest

from domain.events.types import ClientDeleted, ClientRegistered
from tests.domain.event_bodies import CLIENT, DELETED, LEAST, problems, read


@pytest.mark.parametrize(
    ("field", "most"),
    [("name", 200), ("email", 200), ("platform", 200), ("client_id", 128), ("visitor_id", 128)],
)
def test_texts_have_their_longest(field: str, most: int) -> None:
    assert read("client.registered", CLIENT | {field: "é" * most})
    for length in (most + 1, 4_000):
        told = problems("client.registered", CLIENT | {field: "é" * length})
        assert told == {f"data.{field}": f"must have at most {most} characters, this has {length}"}


def test_a_click_id_may_be_the_redirects_long_token() -> None:
    event = read("client.registered", CLIENT | {"click_id": "t" * 4_096})

    assert isinstance(event, ClientRegistered)
    assert event.click_id == "t" * 4_096


@pytest.mark.parametrize(
    "name", ["<b>Ann</b>", "Ганна 'Ann' \"A\"", "=1+1", "{0}", "a\nb", "😀" * 200, "Z̷͘a̸l̴g̵o̶"]
)
def test_a_name_is_kept_as_it_came(name: str) -> None:
    event = read("client.registered", CLIENT | {"name": name})

    assert isinstance(event, ClientRegistered)
    assert event.name == name


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_half_of_a_surrogate_pair_that_no_database_takes_is_refused(text: str) -> None:
    for field in ("name", "email", "client_id"):
        assert problems("client.registered", CLIENT | {field: text}).keys() == {f"data.{field}"}


@pytest.mark.parametrize(
    "client_id", [" 42", "42 ", "4\n2", "4\t2", "4\u200b2", "4\u202e2", "4\x7f2", "4\xa02", 42]
)
def test_an_id_is_printable_without_spaces_around_it(client_id: object) -> None:
    assert problems("client.deleted", DELETED | {"client_id": client_id}).keys() == {
        "data.client_id"
    }


@pytest.mark.parametrize("client_id", ["42", "bot-x", "a b", "№ 5/2", "id:1", "日本", "x" * 128])
def test_any_printable_id_is_taken(client_id: str) -> None:
    event = read("client.deleted", DELETED | {"client_id": client_id})

    assert isinstance(event, ClientDeleted)
    assert event.client_id == client_id


@pytest.mark.parametrize("telegram_id", [1, 5_000_000_000, 2**52 - 1])
def test_a_telegram_id_has_up_to_52_bits(telegram_id: int) -> None:
    event = read("client.registered", CLIENT | {"telegram_id": telegram_id})

    assert isinstance(event, ClientRegistered)
    assert event.telegram_id == telegram_id


@pytest.mark.parametrize(
    "telegram_id",
    [True, False, 0, -1, 2**52, 2**53, 10**30, 5.0, 5.5, float("nan"), "5", "", [], {}],
    ids=repr,
)
def test_what_is_no_telegram_id_is_refused(telegram_id: object) -> None:
    assert problems("client.registered", CLIENT | {"telegram_id": telegram_id}).keys() == {
        "data.telegram_id"
    }


@pytest.mark.parametrize("account", ["a1", 5, [], [{"account_id": "a1", "name": "x"}], True])
def test_an_account_is_an_object(account: object) -> None:
    assert problems("client.registered", CLIENT | {"account": account}) == {
        "data.account": "must be an object"
    }


def test_an_account_names_itself() -> None:
    assert problems("client.registered", CLIENT | {"account": {}}) == {
        "data.account.account_id": "is required",
        "data.account.name": "is required",
    }


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("client.registered", "legal_form"),
        ("payment.succeeded", "settlement"),
        ("payment.refunded", "kind"),
    ],
)
@pytest.mark.parametrize("word", ["", "x", "DIRECT", "refund ", 5, True, [], {}])
def test_a_word_is_one_of_those_allowed(kind: str, field: str, word: object) -> None:
    told = problems(kind, LEAST[kind] | {field: word})

    assert told.keys() == {f"data.{field}"}
    assert told[f"data.{field}"].startswith("must be one of ")
