"""What each answer of Telegram means for a notice: wait, wait for people, or end with a reason."""

import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe, SendMessage, TelegramMethod
from aiogram.types import Chat, Message

from domain.entities.notice import STAFF_CHAT, Notice
from domain.surroundings import Surroundings
from domain.usecases.applications.show import ShowApplicationCard
from domain.usecases.broadcasts.feed import DeliverNews
from domain.usecases.claims.list_page import ShowClaimCard
from domain.usecases.documents.read import ReadPayoutDocuments
from domain.usecases.fraud.list_page import ShowFraudCard
from domain.usecases.invoices.desk import ShowInvoiceCard
from domain.usecases.notices.deliver import ClaimNotices, ReadRecipient, SettleNotice
from domain.usecases.payouts.show_card import ShowPayoutCard
from domain.usecases.people.mark_blocked import MarkBlocked
from domain.usecases.questions.show import ShowQuestionCard
from domain.usecases.staff.admin_chat import AdminChat
from domain.usecases.staff.topics import StaffTopics
from handlers.jobs.cards import Cards
from handlers.jobs.deliver_notices import DeliverNotices, Delivery
from handlers.jobs.news import SendNews
from handlers.jobs.pace import Pace
from handlers.jobs.payout_papers import SendPayoutPapers
from handlers.jobs.turned import Turned
from handlers.ui.charts import Charts
from handlers.ui.document_files import DocumentFiles
from handlers.ui.language import Languages
from handlers.ui.topics import Topics
from storage.engine import Engines
from storage.tables import notices
from storage.vault import Vault
from storage.work import SqlOpenWork
from tests.conftest import VAULT_KEY

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
SOMEBODY, OWNER, ADMIN_CHAT = 55, 77, -1001
PARKED = {"event_type": "payment.succeeded", "event_id": "e-1", "code": "category"}
ASKED = GetMe()

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Wire(BaseSession):
    """The Telegram wire: fails as it is told, and keeps what was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.fails: Exception | None = None
        self.fails_for: int | None = None
        self.sent: list[int] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - the name in the base
    ) -> Any:  # noqa: ANN401 - the base's own signature
        assert isinstance(method, SendMessage)
        if self.fails is not None and self.fails_for in (None, method.chat_id):
            raise self.fails
        self.sent.append(int(method.chat_id))
        return Message(message_id=1, date=NOW, chat=Chat(id=int(method.chat_id), type="private"))

    async def close(self) -> None:
        """Leave nothing."""

    async def stream_content(self, *_: Any, **__: Any) -> AsyncIterator[bytes]:  # noqa: ANN401
        yield b""


@dataclass
class Scene:
    engines: Engines
    open_work: SqlOpenWork
    wire: Wire
    deliver: DeliverNotices
    now: list[datetime] = field(default_factory=lambda: [NOW])

    async def owes(self, recipient: int, kind: str = "event_parked") -> None:
        notice = Notice(id=1, recipient=recipient, kind=kind, params=dict(PARKED), created_at=NOW)
        async with self.open_work(books=False) as work:
            await work.notices.add([notice])
            await work.commit()

    async def state(self) -> tuple[bool, str | None, str | None]:
        """Return whether it was sent, why it ended, and what came of the last try."""
        async with self.engines.reads.connect() as connection:
            row = (await connection.execute(notices.select())).one()
        return row.sent_at is not None, row.error if row.dead_at else None, row.error


@pytest.fixture
async def scene(engines: Engines, new_id: Callable[[], int]) -> Scene:
    open_work = SqlOpenWork(engines, Vault(VAULT_KEY), new_id)
    now = [NOW]
    around = Surroundings(
        open_work=open_work,
        clock=lambda: now[0],
        new_id=new_id,
        programs={},
        zone=UTC,
        tokens=None,  # type: ignore[arg-type]
    )
    wire = Wire()
    # Time flies here: nobody waits for a pause to end.
    ticks = itertools.count(0, 10)
    bot = Bot("1:token", session=wire, default=DefaultBotProperties(parse_mode="HTML"))
    deliver = DeliverNotices(
        Delivery(
            bot=bot,
            claim=ClaimNotices(around),
            settle=SettleNotice(around),
            recipient=ReadRecipient(around),
            cards=Cards(
                show_payout_card=ShowPayoutCard(around),
                show_claim_card=ShowClaimCard(around),
                show_fraud_card=ShowFraudCard(around),
                show_question_card=ShowQuestionCard(around),
                show_application_card=ShowApplicationCard(around),
                show_invoice_card=ShowInvoiceCard(around),
                programs={},
                clock=around.clock,
            ),
            admin_chat=AdminChat(around, ADMIN_CHAT),
            mark_blocked=MarkBlocked(around),
            languages=Languages("en", UTC),
            programs={},
            owners=(OWNER,),
            news=SendNews(bot, DeliverNews(around), MarkBlocked(around)),
            pace=Pace(1000, lambda: float(next(ticks))),
            topics=Topics(bot, StaffTopics(around), Languages("en", UTC), lambda: 0.0),
            papers=SendPayoutPapers(ReadPayoutDocuments(around), DocumentFiles(bot, Charts(), {})),
            turned=Turned(),
        )
    )
    return Scene(engines, open_work, wire, deliver, now)


OUTAGES = [
    TelegramNetworkError(ASKED, "cut"),
    TelegramServerError(ASKED, "Bad Gateway"),
    TelegramRetryAfter(ASKED, "Too Many Requests", 60),
    TelegramUnauthorizedError(ASKED, "Unauthorized"),
    ConnectionResetError(),
    TimeoutError(),
]


@pytest.mark.parametrize("recipient", [SOMEBODY, STAFF_CHAT])
@pytest.mark.parametrize("outage", OUTAGES, ids=lambda outage: type(outage).__name__)
async def test_an_outage_of_a_week_ends_no_notice(
    scene: Scene, recipient: int, outage: Exception
) -> None:
    await scene.owes(recipient)
    scene.wire.fails = outage
    for _ in range(30):
        await scene.deliver()
        scene.now[0] += timedelta(hours=6)
    assert (await scene.state())[:2] == (False, None)
    scene.wire.fails = None
    await scene.deliver()
    assert (await scene.state())[0]


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (TelegramForbiddenError(ASKED, "Forbidden: bot was blocked by the user"), "blocked"),
        (TelegramBadRequest(ASKED, "Bad Request: chat not found"), "chat is gone"),
    ],
)
async def test_who_cannot_be_reached_ends_the_notice_at_once(
    scene: Scene, refusal: Exception, reason: str
) -> None:
    await scene.owes(SOMEBODY)
    scene.wire.fails = refusal
    await scene.deliver()
    assert (await scene.state())[:2] == (False, reason)


@pytest.mark.parametrize("recipient", [SOMEBODY, STAFF_CHAT])
async def test_another_refusal_is_tried_for_a_while_and_ends_with_its_words(
    scene: Scene, recipient: int
) -> None:
    await scene.owes(recipient)
    scene.wire.fails = TelegramBadRequest(ASKED, "Bad Request: not enough rights")
    await scene.deliver()
    assert (await scene.state())[1] is None
    for _ in range(30):
        scene.now[0] += timedelta(hours=1)
        await scene.deliver()
    assert (await scene.state())[1] == "refused: Bad Request: not enough rights"


@pytest.mark.parametrize(
    "refusal",
    [
        TelegramForbiddenError(ASKED, "Forbidden: bot was kicked from the group chat"),
        TelegramBadRequest(ASKED, "Bad Request: chat not found"),
    ],
)
async def test_a_lost_admin_chat_ends_nothing_and_owners_are_told(
    scene: Scene, refusal: Exception
) -> None:
    await scene.owes(STAFF_CHAT)
    scene.wire.fails, scene.wire.fails_for = refusal, ADMIN_CHAT
    await scene.deliver()
    assert (set(scene.wire.sent), (await scene.state())[:2]) == ({OWNER}, (False, None))
    scene.wire.fails = None
    scene.now[0] += timedelta(hours=1)
    await scene.deliver()
    assert (scene.wire.sent[-1], (await scene.state())[0]) == (ADMIN_CHAT, True)


@pytest.mark.parametrize("recipient", [SOMEBODY, STAFF_CHAT])
async def test_a_kind_of_a_newer_version_waits_for_that_version(
    scene: Scene, recipient: int
) -> None:
    await scene.owes(recipient, "a kind of tomorrow")
    await scene.deliver()
    assert await scene.state() == (False, None, "refused: no words for this kind")


async def test_a_mistake_in_words_neither_storms_nor_loses(scene: Scene) -> None:
    await scene.owes(SOMEBODY, "commission")
    assert await scene.deliver() == 1
    assert await scene.deliver() == 0
    assert await scene.state() == (False, None, "refused: internal error, see the log")
