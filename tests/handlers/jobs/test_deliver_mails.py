"""E-mails to a real mail server: what goes out, and answers of every kind."""

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from domain.entities.mail import Mail
from domain.surroundings import Surroundings
from domain.usecases.mails.deliver import ClaimMails, ForgetMails, SettleMail
from handlers.jobs.deliver_mails import AT_ONCE, DeliverMails, MailDelivery
from handlers.jobs.smtp import SmtpAddress, SmtpLine
from handlers.ui.language import Languages
from storage.engine import Engines
from storage.tables import mails, notices
from storage.vault import Vault
from storage.work import SqlOpenWork
from tests.conftest import VAULT_KEY
from tests.post import Post, open_post

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ANN = "ann.quasimodo@example.com"
CODE = "481516"

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd"),
]


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with open_post() as opened:
        yield opened


@dataclass
class Scene:
    post: Post
    engines: Engines
    open_work: SqlOpenWork
    around: Surroundings
    languages: Languages
    clock: list[datetime]
    new_id: Callable[[], int]

    def deliver(self, *, url: str = "", timeout: float = 5, sender: str = "") -> DeliverMails:
        address = SmtpAddress.read(url or f"smtp://127.0.0.1:{self.post.port}")
        return DeliverMails(
            MailDelivery(
                line=SmtpLine(address, timeout_seconds=timeout),
                sender=sender or '"Партнёры, Inc" <partners@vendor.example>',
                claim=ClaimMails(self.around),
                settle=SettleMail(self.around),
                languages=self.languages,
                bot_link=lambda: "https://t.me/SamplePartnerBot",
                brand=lambda _language: "Vendor <partners>",
            )
        )

    async def owes(self, **but: object) -> Mail:
        values = {
            "id": self.new_id(),
            "kind": "confirm_address",
            "recipient": ANN,
            "params": {"code": CODE, "minutes": 30},
            "language": "en",
            "created_at": self.clock[0],
            "person_id": 7,
        }
        mail = Mail(**values | but)  # type: ignore[arg-type]
        async with self.open_work(books=False) as work:
            await work.mails.add([mail])
            await work.commit()
        return mail

    async def row(self, mail: Mail) -> Any:  # noqa: ANN401 - a row of the table
        async with self.engines.reads.connect() as connection:
            return (await connection.execute(select(mails).where(mails.c.id == mail.id))).one()

    async def staff_notices(self) -> list[str]:
        async with self.engines.reads.connect() as connection:
            return list(await connection.scalars(select(notices.c.kind)))

    def later(self, **by: float) -> None:
        self.clock[0] += timedelta(**by)


@pytest.fixture
async def scene(post: Post, engines: Engines, new_id: Callable[[], int]) -> Scene:
    clock = [NOW]
    open_work = SqlOpenWork(engines, Vault(VAULT_KEY), new_id, sends_mail=True)
    around = Surroundings(
        open_work=open_work,
        clock=lambda: clock[0],
        new_id=new_id,
        programs={},
        zone=UTC,
        tokens=None,  # type: ignore[arg-type]
    )
    return Scene(post, engines, open_work, around, Languages("en", UTC), clock, new_id)


async def test_an_e_mail_goes_out_in_words_of_its_reader_and_is_forgotten(scene: Scene) -> None:
    mail = await scene.owes(language="ru")
    assert await scene.deliver()() == 1
    (got,) = scene.post.got
    assert got["X-Envelope-To"] == got["To"] == ANN
    assert got["From"] == '"Партнёры, Inc" <partners@vendor.example>'
    assert got["Message-ID"].endswith(".mail@vendor.example>")
    assert got["Auto-Submitted"] == "auto-generated"
    assert CODE in got["Subject"]
    body, page = got.get_body(("plain",)), got.get_body(("html",))
    assert body
    assert page
    assert CODE in body.get_content()
    assert "30 минут" in body.get_content()
    assert "Vendor <partners>" in body.get_content()
    assert "Vendor &lt;partners&gt;" in page.get_content()
    assert "prefers-color-scheme: dark" in page.get_content()
    row = await scene.row(mail)
    assert (row.sent_at, row.undelivered_at) == (NOW, None)
    async with scene.open_work.read() as work:
        counts = await work.mails.counts()
        assert (counts.waiting, counts.undelivered) == (0, 0)
    assert await scene.deliver()() == 0


async def test_the_same_e_mail_is_the_same_at_each_attempt(scene: Scene) -> None:
    mail = await scene.owes()
    first, second = (scene.deliver().message(mail).as_bytes() for _ in "12")
    assert first == second
    assert first.isascii()


@pytest.mark.parametrize(
    "recipient",
    [
        "ann@example.com\r\nBcc: all@example.com",
        "ann@example.com\nX: y",
        "ann@example.com, bob@example.com",
        "",
    ],
)
async def test_no_address_becomes_a_header_or_two_readers(scene: Scene, recipient: str) -> None:
    mail = await scene.owes(recipient=recipient)
    await scene.deliver()()
    assert scene.post.got == []
    assert (await scene.row(mail)).undelivered_at == NOW


async def test_no_word_becomes_a_header(scene: Scene) -> None:
    await scene.owes(params={"code": "1\r\nBcc: all@example.com\r\n\r\n<script>", "minutes": 1})
    await scene.deliver()()
    (got,) = scene.post.got
    assert got["Bcc"] is None
    page = got.get_body(("html",))
    assert page
    assert "<script>" not in page.get_content()


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("to_recipient", "450 greylisted"),
        ("to_data", "451 try later"),
        ("to_sender", "421 too busy"),
        ("to_sender", "550 your sender is not allowed"),
    ],
)
async def test_what_may_pass_is_tried_again(scene: Scene, where: str, answer: str) -> None:
    setattr(scene.post, where, [answer])
    mail = await scene.owes()
    await scene.deliver()()
    row = await scene.row(mail)
    assert (row.sent_at, row.undelivered_at) == (None, None)
    assert row.error.endswith(answer[:3])
    assert row.due_at > NOW
    assert await scene.deliver()() == 0
    scene.later(minutes=5)
    await scene.deliver()()
    assert len(scene.post.got) == 1
    assert await scene.staff_notices() == []


@pytest.mark.parametrize("where", ["to_recipient", "to_data"])
async def test_what_is_refused_for_good_is_given_up_and_the_rest_goes(
    scene: Scene, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    setattr(scene.post, where, [f"550 5.1.1 <{ANN}> is nobody here"])
    lost, other = await scene.owes(), await scene.owes(recipient="bob@example.com")
    await scene.deliver()()
    assert (await scene.row(lost)).undelivered_at == NOW
    assert (await scene.row(other)).sent_at == NOW
    assert await scene.staff_notices() == ["mail_undelivered"]
    assert "quasimodo" not in (await scene.row(lost)).error
    assert "quasimodo" not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("handlers")
    )
    async with scene.open_work(books=False) as work:
        assert await work.mails.retry(lost.id, at=NOW) == 1
        await work.commit()
    await scene.deliver()()
    assert (await scene.row(lost)).sent_at == NOW


async def test_a_server_that_is_away_is_asked_once_and_nothing_is_lost(scene: Scene) -> None:
    owed = [await scene.owes() for _ in range(AT_ONCE + 2)]
    gone = scene.deliver(url="smtp://127.0.0.1:1")
    assert await gone() == 1
    assert await gone() == 1
    assert await gone() == 0
    scene.later(minutes=30)
    await scene.deliver()()
    assert len(scene.post.got) == len(owed)
    assert len({got["Message-ID"] for got in scene.post.got}) == len(owed)


async def test_a_server_that_does_not_answer_is_left_and_asked_later(scene: Scene) -> None:
    scene.post.slow_seconds = 1
    mail = await scene.owes()
    await scene.deliver(timeout=0.2)()
    row = await scene.row(mail)
    assert row.sent_at is None
    assert "Timeout" in row.error
    scene.post.slow_seconds = 0
    scene.later(minutes=5)
    await scene.deliver()()
    assert (await scene.row(mail)).sent_at == scene.clock[0]


async def test_after_three_days_staff_are_left_with_it(scene: Scene) -> None:
    mail = await scene.owes()
    gone = scene.deliver(url="smtp://127.0.0.1:1")
    for _ in range(200):
        if (await scene.row(mail)).undelivered_at:
            break
        await gone()
        scene.later(hours=1)
    row = await scene.row(mail)
    assert timedelta(days=2, hours=18) < row.undelivered_at - NOW <= timedelta(days=3)
    assert row.attempts < 40
    assert await scene.staff_notices() == ["mail_undelivered"]


async def test_a_password_is_given_and_a_wrong_one_is_mended_later(scene: Scene) -> None:
    mail = await scene.owes()
    await scene.deliver(url=f"smtp://user:wrong@127.0.0.1:{scene.post.port}")()
    row = await scene.row(mail)
    assert (row.undelivered_at, row.error) == (None, "SMTPAuthenticationError 535")
    scene.later(minutes=5)
    await scene.deliver(url=f"smtp://user:p%3Ass@127.0.0.1:{scene.post.port}")()
    assert (await scene.row(mail)).sent_at is not None


async def test_a_kind_that_nobody_can_word_is_given_up(scene: Scene) -> None:
    mail = await scene.owes(kind="of a later version")
    await scene.deliver()()
    assert (await scene.row(mail)).undelivered_at == NOW
    assert scene.post.asked == 0


async def test_whom_and_what_is_sealed_and_goes_when_it_is_sent(
    scene: Scene, engines: Engines
) -> None:
    async def stored() -> str:
        async with engines.reads.connect() as connection:
            rows = (await connection.execute(text("SELECT * FROM mails"))).all()
        return repr(rows)

    mail = await scene.owes()
    assert "quasimodo" not in await stored()
    assert CODE not in await stored()
    await scene.deliver()()
    async with scene.open_work.read() as work:
        assert await work.mails.undelivered(after=0, limit=5) == []
    row = await scene.row(mail)
    vault = Vault(VAULT_KEY)
    assert vault.open(row.recipient, context=f"mail:{mail.id}:recipient") == ""
    assert vault.open(row.params, context=f"mail:{mail.id}:params") == "{}"
    scene.later(days=31)
    await ForgetMails(scene.around)()
    assert await stored() == "[]"


async def test_where_no_server_is_configured_nothing_is_owed(
    scene: Scene, engines: Engines, new_id: Callable[[], int]
) -> None:
    scene.open_work = SqlOpenWork(engines, Vault(VAULT_KEY), new_id)
    await scene.owes()
    async with engines.reads.connect() as connection:
        assert (await connection.execute(select(mails))).all() == []
