"""What somebody meant who typed what nothing waits for."""

import pytest

from handlers.fallback.guess import Guess, Meant, guess

COMMANDS = ("withdraw", "balance", "referrals", "payouts")


@pytest.mark.parametrize(
    ("text", "meant", "value"),
    [
        ("/withdrow 100", Meant.COMMAND, "withdraw"),
        ("/balans@SampleBot", Meant.COMMAND, "balance"),
        ("/with", Meant.COMMAND, "withdraw"),
        ("/pay", Meant.COMMAND, "payouts"),
        ("/xyzzy", Meant.COMMAND, ""),
        ("/", Meant.COMMAND, ""),
        ("https://t.me/SampleBot?start=r_abc123", Meant.INVITATION, "r_abc123"),
        ("t.me/SampleBot?start=s_token", Meant.INVITATION, "s_token"),
        ("https://example.com/r/abc123", Meant.INVITATION, "r_abc123"),
        ("https://example.com/in/r/abc123?utm=x", Meant.INVITATION, "r_abc123"),
        ("100", Meant.NUMBER, ""),
        ("1 000", Meant.WORDS, ""),
        ("55,50 USD", Meant.NUMBER, ""),
        ("€", Meant.WORDS, ""),
        ("ann@example.com", Meant.EMAIL, ""),
        ("+380 67 111-22-33", Meant.PHONE, ""),
        ("https://example.com/page", Meant.LINK, ""),
        ("example.com", Meant.LINK, ""),
        ("how much do I have?", Meant.WORDS, ""),
        ("", Meant.WORDS, ""),
        (None, Meant.NO_TEXT, ""),
    ],
)
def test_what_a_text_looks_like(text: str | None, meant: Meant, value: str) -> None:
    assert guess(text, COMMANDS) == Guess(meant, value)


def test_a_long_text_is_judged_at_once() -> None:
    assert guess("a." * 2000 + "@", COMMANDS).meant is Meant.WORDS
