"""Messages to many people: whom they address, who may let them go, once to each person."""

from datetime import timedelta

import pytest

from domain.entities.broadcast import NEWS, Audience, Broadcast, BroadcastStatus, Outcome
from domain.entities.notice import Notice
from domain.entities.partner import EnrolmentStatus
from domain.errors import NotAllowed, NotFound
from domain.rights import MemberRole, StaffRole
from domain.rules.broadcasts import (
    BroadcastIncomplete,
    BroadcastNotOpen,
    SecondPersonMustConfirm,
)
from domain.usecases.broadcasts.feed import IN_OUTBOX_MAX
from domain.usecases.people.identify import SeenPerson
from tests.usecases.app import App

CARD = (-1001, 7)


async def _draft(app: App, by: str = "boss", **segment: object) -> Broadcast:
    caller = await app.in_chat(by)
    draft = await app.use.compose_broadcast.start(caller, afresh=True)
    if segment:
        draft = await app.use.compose_broadcast.choose(caller, draft.id, **segment)
    return await app.use.compose_broadcast.write(caller, draft.id, "en", "<b>News</b>")


async def _readers(app: App, **segment: object) -> set[str]:
    """Return who would get it: let it go and read the rows."""
    draft = await _draft(app, **segment)
    try:
        await app.use.send_broadcast(await app.owner(), draft.id, CARD)
    except BroadcastIncomplete:
        return set()
    rows = await app.rows("broadcast_recipients", broadcast_id=draft.id)
    names = {app.id_of(name): name for name in ("leo", "mia", "ida", "sid", "zoe")}
    return {names[row["person_id"]] for row in rows}


async def _news(app: App) -> list[Notice]:
    """Lease what is due and return the news among it."""
    return [notice for notice in await app.use.claim_notices() if notice.kind == NEWS]


async def _deliver(app: App) -> None:
    """Let everything be delivered, with the outbox fed again and again."""
    while await app.use.feed_broadcasts():
        for notice in await app.use.claim_notices():
            if notice.kind != NEWS:
                await app.use.settle_notice.sent(notice)
            elif await app.use.deliver_news.begin(notice):
                await app.use.deliver_news.sent(notice)


async def test_segments_find_each_person_once(app: App) -> None:
    await app.joins("leo")
    await app.joins("leo", "waiting")
    await app.joins("mia")
    await app.becomes_member("ida", of="mia")
    await app.joins("sid")
    await app.sets_status("sid", EnrolmentStatus.SUSPENDED)
    await app.opens("zoe", await app.code_of("leo"))
    await app.consents("zoe")
    await app.use.choose(await app.private("mia"), "uk")
    assert await _readers(app) == {"leo", "mia", "ida"}
    assert await _readers(app, program="waiting") == {"leo"}
    assert await _readers(app, language="uk") == {"mia"}
    assert await _readers(app, tier="start") == set()
    assert await _readers(app, audience=Audience.CLIENTS) == {"zoe"}
    assert await _readers(app, audience=Audience.PAYABLE) == set()
    await app.earns("mia", "49.99")
    assert await _readers(app, audience=Audience.PAYABLE) == set()
    await app.earns("mia", "0.01")
    assert await _readers(app, audience=Audience.PAYABLE) == {"mia", "ida"}
    assert await _readers(app, audience=Audience.ACTIVE) == {"leo", "mia", "ida"}
    app.later(days=31)
    assert await _readers(app, audience=Audience.ACTIVE) == set()
    await app.earns("leo", "1.00", "waiting")
    assert await _readers(app, audience=Audience.ACTIVE) == {"leo"}


async def test_readers_are_counted_by_language_without_those_who_blocked(app: App) -> None:
    for name in ("leo", "mia", "ida"):
        await app.joins(name)
    await app.use.choose(await app.private("mia"), "uk")
    await app.use.mark_blocked(app.id_of("ida"), blocked=True)
    draft = await _draft(app)
    view = await app.use.show_broadcast(await app.owner(), draft.id)
    counted = {part.language: (part.people, part.blocked) for part in view.parts}
    assert counted == {"en": (1, 1), "uk": (1, 0)}
    assert view.people == 2


async def test_everybody_gets_the_text_of_its_language_once_and_figures_add_up(app: App) -> None:
    for name in ("leo", "mia", "ida"):
        await app.joins(name)
    await app.use.choose(await app.private("mia"), "uk")
    draft = await _draft(app)
    await app.use.compose_broadcast.write(await app.owner(), draft.id, "uk", "Новини")
    await app.use.send_broadcast(await app.owner(), draft.id, CARD)
    await app.use.feed_broadcasts()
    told = {}
    for notice in await _news(app):
        news = await app.use.deliver_news.begin(notice)
        assert news
        told[notice.recipient] = news.html
        if notice.recipient == app.id_of("ida"):
            await app.use.deliver_news.ended(notice, Outcome.BLOCKED)
        else:
            await app.use.deliver_news.sent(notice)
    assert told == {
        app.id_of("leo"): "<b>News</b>",
        app.id_of("mia"): "Новини",
        app.id_of("ida"): "<b>News</b>",
    }
    (view,) = await app.use.feed_broadcasts()
    assert (view.broadcast.status, view.figures.sent, view.figures.blocked) == ("sent", 2, 1)
    ended = [params for kind, params in await app.told_staff() if kind == "broadcast_ended"]
    assert [(p["sent"], p["blocked"], p["is_stopped"]) for p in ended] == [(2, 1, False)]
    assert await app.use.feed_broadcasts() == []


async def test_what_was_tried_and_never_answered_is_not_sent_again(app: App) -> None:
    await app.joins("leo")
    draft = await _draft(app)
    await app.use.send_broadcast(await app.owner(), draft.id, CARD)
    await app.use.feed_broadcasts()
    (notice,) = await _news(app)
    assert await app.use.deliver_news.begin(notice)
    app.later(minutes=2)
    (again,) = await _news(app)
    assert await app.use.deliver_news.begin(again) is None
    (view,) = await app.use.feed_broadcasts()
    assert (view.figures.unclear, view.figures.sent) == (1, 0)
    assert view.broadcast.ended_at == app.now


async def test_what_certainly_was_not_sent_is_tried_again_and_given_up_in_the_end(
    app: App,
) -> None:
    await app.joins("leo")
    draft = await _draft(app)
    await app.use.send_broadcast(await app.owner(), draft.id, CARD)
    await app.use.feed_broadcasts()
    (notice,) = await _news(app)
    assert await app.use.deliver_news.begin(notice)
    await app.use.deliver_news.not_sent(notice, "flood", retry_after=30)
    assert await _news(app) == []
    app.later(seconds=30)
    tries = 0
    while due := await _news(app):
        tries += 1
        assert await app.use.deliver_news.begin(due[0])
        await app.use.deliver_news.not_sent(due[0], "TelegramServerError")
        app.later(minutes=10)
    assert tries > 3
    (view,) = await app.use.feed_broadcasts()
    assert view.figures.failed == 1


async def test_few_are_in_the_outbox_so_that_other_notices_wait_for_none(app: App) -> None:
    people = [SeenPerson(id=n, name="N", username=None, language_code="en") for n in range(1, 51)]
    for seen in people:
        caller = await app.use.identify_caller(seen, in_admin_chat=False)
        await app.use.accept_rules(caller, "saas-tiers")
    draft = await _draft(app)
    sent = await app.use.send_broadcast(await app.owner(), draft.id, CARD)
    assert sent.total == 50
    for _ in range(3):
        await app.use.feed_broadcasts()
    assert len(await app.rows("notices", kind=NEWS)) == IN_OUTBOX_MAX
    first = (await _news(app))[0]
    assert await app.use.deliver_news.begin(first)
    await app.use.deliver_news.sent(first)
    await app.use.feed_broadcasts()
    assert len(await app.rows("notices", kind=NEWS)) == IN_OUTBOX_MAX + 1
    app.later(minutes=2)
    await _deliver(app)
    view = await app.use.show_broadcast(await app.owner(), draft.id)
    assert (view.figures.sent, view.figures.unclear, view.figures.waiting) == (50, 0, 0)
    assert len({row["recipient"] for row in await app.rows("notices", kind=NEWS)}) == 50


async def test_stop_lets_nobody_else_have_it(app: App) -> None:
    for name in ("leo", "mia", "ida"):
        await app.joins(name)
    draft = await _draft(app)
    await app.use.send_broadcast(await app.owner(), draft.id, CARD)
    await app.use.feed_broadcasts()
    first, *rest = await _news(app)
    assert await app.use.deliver_news.begin(first)
    await app.use.deliver_news.sent(first)
    await app.use.stop_broadcast(await app.owner(), draft.id)
    for notice in rest:
        assert await app.use.deliver_news.begin(notice) is None
    (view,) = await app.use.feed_broadcasts()
    assert (view.broadcast.status, view.figures.sent, view.figures.stopped) == ("stopped", 1, 2)
    with pytest.raises(BroadcastNotOpen):
        await app.use.stop_broadcast(await app.owner(), draft.id)
    actions = ("broadcast_sent", "broadcast_stopped")
    assert [row["action"] for row in await app.audited(*actions)] == list(actions)


async def test_who_switched_news_off_is_counted_apart(app: App) -> None:
    await app.joins("leo")
    draft = await _draft(app)
    await app.use.send_broadcast(await app.owner(), draft.id, CARD)
    await app.use.feed_broadcasts()
    (notice,) = await _news(app)
    await app.use.settle_notice.dead(notice, "switched off")
    (view,) = await app.use.feed_broadcasts()
    assert (view.figures.muted, view.figures.failed, view.broadcast.status) == (1, 0, "sent")


async def test_a_second_press_sends_nothing_twice(app: App) -> None:
    await app.joins("leo")
    draft = await _draft(app)
    await app.use.send_broadcast(await app.owner(), draft.id, CARD)
    with pytest.raises(BroadcastNotOpen):
        await app.use.send_broadcast(await app.owner(), draft.id, CARD)
    with pytest.raises(BroadcastNotOpen):
        await app.use.compose_broadcast.write(await app.owner(), draft.id, "en", "other")
    assert len(await app.rows("broadcast_recipients")) == 1


async def test_a_manager_needs_a_second_person_and_an_owner_does_not(app: App) -> None:
    await app.joins("leo")
    await app.staff("may", StaffRole.MANAGER)
    await app.staff("max", StaffRole.MANAGER)
    draft = await _draft(app, by="may")
    may, max_ = await app.in_chat("may"), await app.in_chat("max")
    asked = await app.use.send_broadcast(may, draft.id, CARD)
    assert asked.status is BroadcastStatus.ASKED
    with pytest.raises(SecondPersonMustConfirm):
        await app.use.send_broadcast(may, draft.id, CARD)
    assert await app.rows("broadcast_recipients") == []
    sent = await app.use.send_broadcast(max_, draft.id, CARD)
    assert (sent.asked_by, sent.sent_by) == (app.id_of("may"), app.id_of("max"))
    assert sent.status is BroadcastStatus.SENDING


async def test_who_lost_the_right_asked_for_nothing(app: App) -> None:
    await app.joins("leo")
    await app.staff("may", StaffRole.MANAGER)
    await app.staff("max", StaffRole.MANAGER)
    draft = await _draft(app, by="may")
    await app.use.send_broadcast(await app.in_chat("may"), draft.id, CARD)
    await app.leaves_staff("may")
    asked = await app.use.send_broadcast(await app.in_chat("max"), draft.id, CARD)
    assert (asked.status, asked.asked_by) == (BroadcastStatus.ASKED, app.id_of("max"))


async def test_a_change_takes_the_question_back(app: App) -> None:
    await app.joins("leo")
    await app.staff("may", StaffRole.MANAGER)
    draft = await _draft(app, by="may")
    may = await app.in_chat("may")
    await app.use.send_broadcast(may, draft.id, CARD)
    edited = await app.use.compose_broadcast.write(may, draft.id, "en", "other")
    assert (edited.status, edited.asked_by) == (BroadcastStatus.DRAFT, None)


async def test_nothing_goes_out_without_a_text_or_readers(app: App) -> None:
    owner = await app.owner()
    draft = await app.use.compose_broadcast.start(owner)
    with pytest.raises(BroadcastIncomplete) as refusal:
        await app.use.send_broadcast(owner, draft.id, CARD)
    assert refusal.value.facts == {"missing": "text"}
    await app.use.compose_broadcast.write(owner, draft.id, "en", "x")
    with pytest.raises(BroadcastIncomplete) as refusal:
        await app.use.send_broadcast(owner, draft.id, CARD)
    assert refusal.value.facts == {"missing": "people"}
    with pytest.raises(NotFound):
        await app.use.show_broadcast(owner, 1)


async def test_a_draft_is_taken_up_again_for_a_day(app: App) -> None:
    owner = await app.owner()
    draft = await app.use.compose_broadcast.start(owner)
    assert (await app.use.compose_broadcast.start(owner)).id == draft.id
    app.now += timedelta(hours=25)
    later = await app.use.compose_broadcast.start(owner)
    assert later.id != draft.id
    await app.use.compose_broadcast.drop(owner, later.id)
    assert (await app.use.compose_broadcast.start(owner)).id not in (draft.id, later.id)


async def test_members_of_partners_have_no_such_right(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("max", of="leo", role=MemberRole.ADMIN)
    with pytest.raises(NotAllowed):
        await app.use.compose_broadcast.start(await app.in_chat("max"))
