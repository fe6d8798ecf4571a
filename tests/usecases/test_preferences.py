"""What people choose is kept, and obeyed when a notice's turn comes."""

from datetime import UTC, datetime

import pytest

from domain.entities.notice import Notice
from domain.entities.preferences import Preferences, QuietHours, Topic
from domain.rights import MemberRole
from domain.usecases.people.preferences import BadQuietHours, UnknownZone, read_quiet_hours
from tests.usecases.app import App

NIGHT = QuietHours(start=22 * 60, end=8 * 60)
EVENING = datetime(2026, 3, 2, 21, tzinfo=UTC)


async def _owe(app: App, recipient: int, kind: str, **params: object) -> Notice:
    notice = Notice(
        id=app.around.new_id(), recipient=recipient, kind=kind, params=params, created_at=app.now
    )
    async with app.around.open_work(books=False) as work:
        await work.notices.add([notice])
        await work.commit()
    return notice


async def _turn(app: App) -> dict[str, str]:
    """Treat what is due as the delivery does; return what came of each kind."""
    came: dict[str, str] = {}
    while claimed := await app.use.claim_notices():
        readers = await app.use.read_recipient.readers(claimed)
        for notice in claimed:
            chosen = readers[notice.recipient].chosen
            treatment = app.use.read_recipient.treatment(notice, chosen)
            if treatment.is_muted:
                await app.use.settle_notice.dead(notice, "switched off")
                came[notice.kind] = "muted"
            elif treatment.waits_until:
                await app.use.settle_notice.asleep(notice, treatment.waits_until)
                came[notice.kind] = "asleep"
            else:
                await app.use.settle_notice.sent(notice)
                came[notice.kind] = "sent"
    return came


async def test_choices_are_kept_and_start_with_the_defaults(app: App) -> None:
    leo = await app.private("leo")
    choose = app.use.choose_preferences
    assert await choose.show(leo) == Preferences()
    await choose.hear(leo, frozenset({Topic.TIER, Topic.NEWS}), on=False)
    await choose.hear(leo, frozenset({Topic.NEWS}), on=True)
    await choose.rest(leo, NIGHT)
    await choose.live_in(leo, "Europe/Kyiv")
    kept = Preferences(muted=frozenset({Topic.TIER}), quiet=NIGHT, zone="Europe/Kyiv")
    assert await choose.show(await app.private("leo")) == kept
    assert (await app.private("leo")).person.zone == "Europe/Kyiv"
    commits = app.commits
    assert await choose.rest(leo, NIGHT) == kept
    assert app.commits == commits
    await choose.live_in(leo, None)
    await choose.rest(leo, None)
    assert await choose.show(leo) == Preferences(muted=frozenset({Topic.TIER}))
    with pytest.raises(UnknownZone):
        await choose.live_in(leo, "Europe/Nowhere")


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("22:00-08:00", 1320, 480),
        ("22-8", 1320, 480),
        ("22.30 – 7.15", 1350, 435),
        ("0:00—09:00", 0, 540),
        ("21 до 24", 1260, 0),
    ],
)
def test_quiet_hours_as_people_type_them(typed: str, start: int, end: int) -> None:
    assert read_quiet_hours(typed) == QuietHours(start=start, end=end)


@pytest.mark.parametrize("typed", ["", "22", "8-8", "25-8", "22:60-8", "all night", "22-8-9"])
def test_what_are_no_quiet_hours(typed: str) -> None:
    with pytest.raises(BadQuietHours):
        read_quiet_hours(typed)


async def test_only_an_admin_masks_its_partner(app: App) -> None:
    partner_id = (await app.joins("leo")).partner_id
    await app.becomes_member("ida", "leo", MemberRole.USER)
    for name, masked in (("ida", set()), ("leo", {partner_id})):
        await app.use.choose_preferences.mask(await app.private(name), on=True)
        async with app.around.open_work.read() as work:
            assert await work.preferences.masking([partner_id, 7]) == masked
    await app.leaves_partner("leo")
    async with app.around.open_work.read() as work:
        assert await work.preferences.masking([partner_id]) == set()


async def test_quiet_hours_hold_everything_but_answers_and_keep_the_order(app: App) -> None:
    leo = await app.private("leo")
    app.now = EVENING
    await app.use.choose_preferences.live_in(leo, "Europe/Sofia")
    await app.use.choose_preferences.rest(leo, NIGHT)
    person = leo.person.id
    for kind in ("registration", "rules_changed"):
        await _owe(app, person, kind)
    await _owe(app, person, "export_ready", answers=True)
    assert await _turn(app) == {
        "registration": "asleep",
        "rules_changed": "asleep",
        "export_ready": "sent",
    }
    rows = {row["kind"]: row for row in await app.rows("notices")}
    assert rows["registration"]["asleep_until"] == datetime(2026, 3, 3, 6, tzinfo=UTC)
    assert rows["registration"]["attempts"] == 0
    app.now = datetime(2026, 3, 3, 6, tzinfo=UTC)
    await _owe(app, person, "payout_done")
    assert list(await _turn(app)) == ["registration", "rules_changed", "payout_done"]
    assert all(row["sent_at"] for row in await app.rows("notices"))


async def test_other_quiet_hours_wake_what_waits(app: App) -> None:
    leo = await app.private("leo")
    app.now = EVENING.replace(hour=23)
    await app.use.choose_preferences.rest(leo, NIGHT)
    await _owe(app, leo.person.id, "registration")
    assert await _turn(app) == {"registration": "asleep"}
    app.later(minutes=5)
    await app.use.choose_preferences.rest(leo, QuietHours(start=0, end=60))
    assert await _turn(app) == {"registration": "sent"}


async def test_a_topic_is_off_when_its_turn_comes_not_when_it_was_owed(app: App) -> None:
    leo, mia = await app.private("leo"), await app.private("mia")
    for caller in (leo, mia):
        await _owe(app, caller.person.id, "tier_reached")
    await app.use.choose_preferences.hear(leo, frozenset({Topic.TIER}), on=False)
    claimed = await _turn(app)
    assert claimed == {"tier_reached": "sent"}
    dead = [row for row in await app.rows("notices") if row["dead_at"]]
    assert [(row["recipient"], row["error"]) for row in dead] == [(leo.person.id, "switched off")]
