"""Click tokens: one spelling each, and no character of it can be changed."""

import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.click_tokens import SignedClickTokens

AT = datetime(2026, 3, 2, 10, 0, 5, tzinfo=UTC)
CLICKS = {"abc23456": AT, "zz9-_8": AT + timedelta(days=3)}
TOKENS = SignedClickTokens("a secret")


def test_reads_what_it_wrote_in_the_same_order() -> None:
    read = TOKENS.read(TOKENS.write(CLICKS))
    assert read == CLICKS
    assert list(read or ()) == list(CLICKS)


def test_is_short_and_safe_in_urls_and_cookies() -> None:
    assert len(TOKENS.write({"abc23456": AT})) <= 70
    many = {f"abcdef{n:02}": AT for n in range(20)}
    token = TOKENS.write(many)
    assert len(token) <= 420
    assert set(token) <= set(string.ascii_letters + string.digits + "._~-")


def test_fractions_of_a_second_are_cut_off() -> None:
    token = TOKENS.write({"abc": AT + timedelta(microseconds=999_999)})
    assert TOKENS.read(token) == {"abc": AT}


@pytest.mark.parametrize("position", range(len(TOKENS.write(CLICKS))))
def test_no_character_can_be_changed(position: int) -> None:
    token = TOKENS.write(CLICKS)
    for sign in string.ascii_letters + string.digits + "._~-=%+é\0":
        changed = token[:position] + sign + token[position + 1 :]
        if changed != token:
            assert TOKENS.read(changed) is None, changed


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1],
        lambda token: token[1:],
        lambda token: token + "=",
        lambda token: token + "A",
        lambda token: token + ".",
        lambda token: " " + token,
        lambda token: token + "\n",
        lambda token: token.upper(),
        lambda token: token.replace(".", "..", 1),
        lambda token: "",
        lambda token: ".",
        lambda token: "pb1.",
        lambda token: "pb1..",
        lambda token: "pb1." + "x" * 5000,
    ],
)
def test_other_changes_are_refused(change: Callable[[str], str]) -> None:
    assert TOKENS.read(change(TOKENS.write(CLICKS))) is None


def test_another_secret_reads_nothing() -> None:
    assert SignedClickTokens("another").read(TOKENS.write(CLICKS)) is None


def test_an_empty_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        SignedClickTokens("")


def test_knows_what_claims_to_be_one() -> None:
    genuine = TOKENS.write(CLICKS)
    assert TOKENS.looks_like_one(genuine)
    assert TOKENS.looks_like_one(genuine[:-2] + "xx")
    assert TOKENS.looks_like_one("x" * 129)
    assert not TOKENS.looks_like_one("x" * 128)
    assert not TOKENS.looks_like_one("click-17")
