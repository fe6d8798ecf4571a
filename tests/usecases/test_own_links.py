"""Several links of a partner: made, named, put away; codes are unique whatever their case."""

import pytest

from domain.entities.partner import LABEL_LENGTH_MAX, LINKS_MAX, EnrolmentStatus
from domain.errors import DomainError, NotAllowed, NotFound
from domain.rights import MemberRole
from domain.rules.links import (
    BadLinkCode,
    BadLinkLabel,
    LinkCodeTaken,
    LinkLabelTaken,
    LinksSuspended,
    TooManyLinks,
)
from tests.usecases.app import App


async def labels(app: App, name: str = "ann") -> list[str]:
    own = await app.use.list_links(await app.private(name))
    return [link.label for link in own.links if link.archived_at is None]


async def test_a_link_is_made_and_brings_clients(app: App) -> None:
    await app.joins("ann")
    ann = await app.private("ann")
    made = await app.use.add_link(ann, "  My   blog ")
    app.later(seconds=1)
    wished = await app.use.add_link(ann, "Telegram", "Ann_TG-1")
    assert (made.label, wished.code) == ("My blog", "ann_tg-1")
    assert await labels(app) == ["", "My blog", "Telegram"]
    await app.client("c-1", by="ann", referral_code="ANN_tg-1")
    (row,) = (await app.use.list_referrals(ann)).rows
    assert row.code == "ann_tg-1"
    assert [row["details"]["code"] for row in await app.audited("link_added")] == [
        made.code,
        "ann_tg-1",
    ]


async def test_asked_twice_it_is_one_link(app: App) -> None:
    await app.joins("ann")
    ann = await app.private("ann")
    first = await app.use.add_link(ann, "Blog")
    assert await app.use.add_link(ann, "BLOG", "another") == first
    assert len(await app.rows("links")) == 2


@pytest.mark.parametrize(
    "code", ["", "abc", "-abcd", "abcd_", "a b c d", "код-1", "a" * 33, "a/b1"]
)
async def test_what_cannot_be_a_code(app: App, code: str) -> None:
    await app.joins("ann")
    with pytest.raises(BadLinkCode) as refused:
        await app.use.add_link(await app.private("ann"), "Blog", code)
    assert (refused.value.facts["least"], refused.value.facts["most"]) == (4, 32)


@pytest.mark.parametrize("label", ["", "  ", "x" * (LABEL_LENGTH_MAX + 1), "a\u202eb", "\x00"])
async def test_what_cannot_be_a_label(app: App, label: str) -> None:
    await app.joins("ann")
    ann = await app.private("ann")
    for act in (app.use.add_link(ann, label), app.use.add_link.check(ann, label)):
        with pytest.raises(BadLinkLabel):
            await act
    with pytest.raises(BadLinkLabel):
        await app.use.rename_link(ann, await app.code_of("ann"), label)


async def test_codes_are_unique_over_all_partners_and_programs(app: App) -> None:
    await app.joins("ann")
    await app.joins("bob", "waiting")
    await app.use.add_link(await app.private("ann"), "Blog", "summer")
    for taken in ("SUMMER", await app.code_of("ann"), await app.code_of("bob", "waiting")):
        with pytest.raises(LinkCodeTaken):
            await app.use.add_link(await app.private("bob"), "Mine", taken)


async def test_there_is_a_limit(app: App) -> None:
    await app.joins("ann")
    ann = await app.private("ann")
    for number in range(LINKS_MAX - 1):
        await app.use.add_link(ann, f"Place {number}", f"place-{number:02}")
    for act in (app.use.add_link(ann, "One more"), app.use.add_link.check(ann)):
        with pytest.raises(TooManyLinks) as refused:
            await act
        assert refused.value.facts["limit"] == LINKS_MAX
    await app.use.archive_link(ann, "place-00", is_archived=True)
    await app.use.add_link(ann, "One more")
    with pytest.raises(TooManyLinks):
        await app.use.archive_link(ann, "place-00", is_archived=False)


async def test_a_link_is_renamed(app: App) -> None:
    await app.joins("ann")
    ann = await app.private("ann")
    await app.use.add_link(ann, "Blog", "blog1")
    await app.use.rename_link(ann, "BLOG1", "Diary")
    await app.use.rename_link(ann, await app.code_of("ann"), "Home")
    assert await labels(app) == ["Home", "Diary"]
    with pytest.raises(LinkLabelTaken):
        await app.use.rename_link(ann, "blog1", "HOME")
    await app.use.rename_link(ann, "blog1", "DIARY")


async def test_a_link_put_away_works_on(app: App) -> None:
    await app.joins("ann")
    ann = await app.private("ann")
    await app.use.add_link(ann, "Flyer", "flyer")
    await app.use.archive_link(ann, "flyer", is_archived=True)
    await app.use.archive_link(ann, "flyer", is_archived=True)
    assert await labels(app) == [""]
    await app.client("c-1", by="ann", referral_code="flyer")
    assert len((await app.use.list_referrals(ann)).rows) == 1
    compared = await app.use.compare_links(ann, "today")
    assert [link.label for link, _ in compared.links] == ["Flyer", ""]
    await app.use.archive_link(ann, "flyer", is_archived=False)
    assert await labels(app) == ["", "Flyer"]
    assert len(await app.audited("link_archived", "link_restored")) == 2
    with pytest.raises(NotFound):
        await app.use.archive_link(ann, await app.code_of("ann"), is_archived=True)


async def test_only_an_admin_of_an_active_partner_changes_its_own_links(app: App) -> None:
    await app.joins("ann")
    await app.joins("bob")
    await app.becomes_member("uma", "ann", MemberRole.USER)
    await app.use.add_link(await app.private("ann"), "Blog", "blog1")
    before = await app.contents()

    async def refused(who: str, error: type[DomainError]) -> None:
        caller = await app.private(who)
        for act in (
            app.use.rename_link(caller, "blog1", "Mine"),
            app.use.archive_link(caller, "blog1", is_archived=True),
        ):
            with pytest.raises(error):
                await act

    await refused("bob", NotFound)
    await refused("uma", NotAllowed)
    with pytest.raises(NotAllowed):
        await app.use.add_link(await app.private("uma"), "Mine")
    assert await labels(app, "uma") == ["", "Blog"]
    assert await app.contents() == before
    await app.sets_status("ann", EnrolmentStatus.SUSPENDED)
    await refused("ann", LinksSuspended)
    with pytest.raises(LinksSuspended):
        await app.use.add_link(await app.private("ann"), "Mine")
