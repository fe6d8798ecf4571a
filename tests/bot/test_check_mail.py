"""`check --live` logs in to the mail server, tells what is wrong, and sends nothing."""

from pathlib import Path

import pytest

from bot.commands.check import _mail_problems
from handlers.jobs.smtp import Fate, SmtpAddress, SmtpLine
from tests.bot.config_files import reading
from tests.post import open_post

SENDER = 'sender = "us@vendor.org"'


async def found(folder: Path, url: str) -> list[str]:
    return await _mail_problems(reading(folder, f'[email]\nsmtp_url = "{url}"\n{SENDER}\n'))


async def test_a_server_that_lets_us_in_is_in_order(tmp_path: Path) -> None:
    async with open_post() as post:
        assert await found(tmp_path, f"smtp://u:p%3Ass@127.0.0.1:{post.port}") == []
        assert await found(tmp_path, f"smtp://127.0.0.1:{post.port}") == []
        assert (post.asked, post.got) == (0, [])


async def test_what_keeps_us_out_is_told_without_secrets(tmp_path: Path) -> None:
    async with open_post() as post:
        (wrong,) = await found(tmp_path, f"smtp://u:wrong-secret@127.0.0.1:{post.port}")
        assert wrong == "email: the mail server does not let us in: SMTPAuthenticationError 535"
    (away,) = await found(tmp_path, "smtp://u:wrong-secret@127.0.0.1:1")
    assert away.startswith("email: the mail server does not let us in: SMTPConnect")
    assert await _mail_problems(reading(tmp_path, "[email]\n")) == []


async def test_no_password_travels_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_post() as post:
        monkeypatch.setattr(SmtpAddress, "is_own_machine", property(lambda _: False))
        address = SmtpAddress.read(f"smtp://u:p%3Ass@127.0.0.1:{post.port}")
        line = SmtpLine(address)
        attempt = await line.send(None, "ann@example.com")  # type: ignore[arg-type]
        assert (attempt.fate, attempt.error, attempt.is_away) == (Fate.LATER, "NoEncryption", True)
        assert "p:ss" not in repr(address)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.org", ("mail.org", 587, False, "", "")),
        ("smtps://mail.org", ("mail.org", 465, True, "", "")),
        (
            "smtp://a%40b.org:p%3As%2Fs@mail.org:2525",
            ("mail.org", 2525, False, "a@b.org", "p:s/s"),
        ),
    ],
)
def test_an_address_is_read(url: str, expected: tuple[object, ...]) -> None:
    read = SmtpAddress.read(url)
    assert (read.host, read.port, read.is_tls, read.user, read.password) == expected
