"""A person's e-mail address and its code; e-mails that staff send again."""

import asyncio
from typing import Any

import pytest

from domain.entities.mail import Mail
from domain.errors import NotFound
from domain.rules.emails import read_email
from domain.usecases.mails.address import (
    CODES_MAX,
    TRIES_MAX,
    BadEmail,
    CodeVoid,
    MailOff,
    TooManyCodes,
    WrongCode,
)
from tests.usecases.app import App

ADDRESS = "ann.quasimodo@example.com"


async def owed(app: App) -> list[Mail]:
    async with app.around.open_work(books=False) as work:
        return list(await work.mails.claim(now=app.now, lease_until=app.now, limit=99))


async def code_of(app: App) -> str:
    return str((await owed(app))[-1].params["code"])


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


async def test_an_address_is_confirmed_by_the_code_that_came_there(app: App) -> None:
    named = await app.use.name_email(await app.private("ann"), f"  {ADDRESS} ")
    assert (named.address, named.confirmed_at) == (ADDRESS, None)
    (mail,) = await owed(app)
    assert (mail.kind, mail.recipient, mail.language) == ("confirm_address", ADDRESS, "en")
    code = str(mail.params["code"])
    assert len(code) == 6
    confirmed = await app.use.confirm_email(await app.private("ann"), f"{code[:3]} {code[3:]}")
    assert confirmed.confirmed_at == app.now
    shown = await app.use.show_email(await app.private("ann"))
    assert shown
    assert (shown.address, shown.code, shown.confirmed_at) == (ADDRESS, "", app.now)
    with pytest.raises(CodeVoid):
        await app.use.confirm_email(await app.private("ann"), code)
    assert await app.use.show_email(await app.private("bob")) is None


async def test_a_code_is_tried_five_times_whoever_hurries(app: App) -> None:
    ann = await app.private("ann")
    await app.use.name_email(ann, ADDRESS)
    code = await code_of(app)
    tries: list[Any] = await asyncio.gather(
        *(app.use.confirm_email(ann, another(code)) for _ in range(TRIES_MAX + 3)),
        return_exceptions=True,
    )
    left = sorted(each.facts["left"] for each in tries if isinstance(each, WrongCode))
    assert left == list(range(1, TRIES_MAX))
    with pytest.raises(CodeVoid):
        await app.use.confirm_email(ann, code)


async def test_a_code_lives_half_an_hour_and_the_last_one_counts(app: App) -> None:
    ann = await app.private("ann")
    await app.use.name_email(ann, "other@example.com")
    first = await code_of(app)
    await app.use.name_email(ann, ADDRESS)
    last = await code_of(app)
    if first != last:
        with pytest.raises(WrongCode):
            await app.use.confirm_email(ann, first)
    app.later(minutes=30)
    with pytest.raises(CodeVoid):
        await app.use.confirm_email(ann, last)
    with pytest.raises(CodeVoid):
        await app.use.confirm_email(await app.private("bob"), last)


async def test_nobodys_mailbox_is_flooded(app: App) -> None:
    ann = await app.private("ann")
    for number in range(CODES_MAX):
        await app.use.name_email(ann, f"victim{number}@example.com")
        app.later(hours=1)
    with pytest.raises(TooManyCodes) as refused:
        await app.use.name_email(ann, ADDRESS)
    assert len(await owed(app)) == CODES_MAX
    app.now = refused.value.facts["possible_at"]  # type: ignore[assignment]
    await app.use.name_email(ann, ADDRESS)


async def test_without_a_mail_server_no_address_is_asked_for(app: App) -> None:
    app.around.open_work.sends_mail = False  # type: ignore[misc]
    for attempt in (
        app.use.name_email.check(),
        app.use.name_email(await app.private("ann"), ADDRESS),
    ):
        with pytest.raises(MailOff):
            await attempt
    assert not (await app.use.show_own_data(await app.private("ann"))).sends_mail


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Ann@Example.COM", "Ann@example.com"),
        ("a+b.c@sub.example.co.uk", "a+b.c@sub.example.co.uk"),
        ("o'neil@example.ie", "o'neil@example.ie"),
        ("anna@пример.бг", "anna@xn--e1afmkfd.xn--90ae"),
        ("ann@example", None),
        ("ann@1.2.3.4", None),
        ("ann@@example.com", None),
        ("@example.com", None),
        ("ann@example.com\nBcc: b@example.com", None),
        ("ann@example.com\r", None),
        ("ann@example.com, bob@example.com", None),
        ("Ann <ann@example.com>", None),
        ('"a b"@example.com', None),
        ("ann @example.com", None),
        ("ann@exa mple.com", None),
        ("ann@-example.com", None),
        (".ann@example.com", None),
        ("анна@example.com", None),
        ("a" * 65 + "@example.com", None),
        ("a@" + "b." * 130 + "com", None),
        ("", None),
        ("<script>@example.com", None),
    ],
)
def test_an_address_is_one_bare_address(typed: str, address: str | None) -> None:
    assert read_email(typed) == address


async def test_what_is_no_address_is_refused(app: App) -> None:
    with pytest.raises(BadEmail):
        await app.use.name_email(await app.private("ann"), "ann at home")
    assert await owed(app) == []


async def test_the_address_goes_with_the_person(app: App) -> None:
    await app.joins("ann")
    await app.use.name_email(await app.private("ann"), ADDRESS)
    await app.use.leave_partner(await app.private("ann"))
    assert await owed(app) == []
    assert await app.use.show_email(await app.private("ann")) is None


async def test_staff_see_what_did_not_arrive_and_send_it_again(app: App) -> None:
    await app.use.name_email(await app.private("ann"), ADDRESS)
    (mail,) = await owed(app)
    await app.use.settle_mail.refused(mail, "SMTPRecipientRefused 550")
    assert await app.told_staff() == [("mail_undelivered", {})]
    boss = await app.owner()
    state = await app.use.show_mails(boss)
    assert state.counts.undelivered == 1
    (shown,) = state.undelivered
    assert "quasimodo" not in shown.recipient
    assert shown.params == {}
    queue = await app.use.show_queue(boss)
    assert [line.kind.value for line in queue.lines] == ["lost_mails"]
    assert await app.use.retry_mails(boss, mail.id) == 1
    with pytest.raises(NotFound):
        await app.use.retry_mails(boss, mail.id)
    assert len(await owed(app)) == 1
    assert len(await app.audited("mail_retry")) == 1


async def test_a_confirmed_address_of_a_member_makes_no_client(app: App) -> None:
    await app.joins("ann")
    await app.use.name_email(await app.private("ann"), ADDRESS)
    before = await app.client("first", "ann", email=ADDRESS)
    assert before.reason is None
    (mail,) = await owed(app)
    await app.use.confirm_email(await app.private("ann"), str(mail.params["code"]))
    after = await app.client("second", "ann", email=ADDRESS.upper())
    assert after.reason == "self_referral"
