"""Lists of pay-outs that are paid together: fixed when chosen, settled one by one."""

import asyncio
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import pytest

from domain.entities.payout import Payout
from domain.errors import NotFound
from domain.rights import StaffRole
from domain.rules.payouts import PayoutAlreadyDecided
from domain.usecases.documents.judge import CopyDecision
from domain.usecases.payouts.decide import PayoutMove
from domain.usecases.payouts.lists import NothingToList
from handlers.staff.screens.payout_lists import bank_table, list_screen
from handlers.ui.document_words import document_title
from handlers.ui.language import Languages
from storage.paper_folder import PaperFolder
from tests.domain.builders import saas_tiers
from tests.domain.paper_files import pdf
from tests.usecases.app import IBAN, App
from tests.usecases.documents import (
    PAPERS,
    PAPERS_UNSIGNED,
    PURPOSE,
    documents_of,
    with_requisites,
)

APPROVE, SETTLE = PayoutMove.APPROVE, PayoutMove.SETTLE


async def _approved(app: App) -> list[Payout]:
    """Let Leo have three approved pay-outs in two programs, and one that nobody approved."""
    await app.joins("leo")
    await app.joins("leo", "waiting")
    await app.earns("leo", "500.00")
    await app.earns("leo", "100.00", "waiting")
    app.later(days=14)
    await app.staff("olga", StaffRole.FINANCE)
    wanted = [("60.00", "saas-tiers"), ("20.00", "waiting"), ("70.00", "saas-tiers")]
    payouts = []
    for amount, program in wanted:
        app.later(minutes=1)
        payouts.append(await app.asks("leo", amount, program=program))
        await app.presses("olga", payouts[-1], APPROVE)
    await app.asks("leo", "80.00", program="saas-tiers")
    return payouts


async def test_what_is_approved_is_offered_by_program_and_currency(app: App) -> None:
    assert await app.use.offer_payout_list(await app.owner()) == []
    await _approved(app)
    groups = await app.use.offer_payout_list(await app.owner())
    assert [(g.program, g.currency, g.count, g.minor) for g in groups] == [
        ("saas-tiers", "USD", 2, 13000),
        ("waiting", "EUR", 1, 2000),
    ]


async def test_a_list_is_fixed_when_it_is_made(app: App) -> None:
    first, second, third = await _approved(app)
    owner = await app.owner()
    chosen = await app.use.make_payout_list(owner)
    assert [view.payout.id for view in chosen.views] == [first.id, second.id, third.id]
    assert {view.payout.account for view in chosen.views} == {""}
    late = await app.asks("leo", "51.00", program="saas-tiers")
    await app.presses("olga", late, APPROVE)
    shown = await app.use.show_payout_list(owner, chosen.id)
    assert [view.payout.id for view in shown.views] == [first.id, second.id, third.id]
    of_one = await app.use.make_payout_list(owner, program="waiting", currency="EUR")
    assert [view.payout.id for view in of_one.views] == [second.id]
    shortest = await app.use.make_payout_list(owner, limit=1)
    assert [view.payout.id for view in shortest.views] == [first.id]
    assert len(await app.audited("payout_list_made")) == 3


async def test_each_account_in_a_list_for_the_bank_is_audited(app: App) -> None:
    first, second, third = await _approved(app)
    chosen = await app.use.make_payout_list(await app.owner())
    await app.presses("boss", second, SETTLE)
    olga = await app.in_chat("olga")
    read = await app.use.read_bank_list(olga, chosen.id)
    assert [view.payout.account for view in read.views] == [IBAN, IBAN]
    rows = await app.audited("payout_account_seen")
    assert [(row["actor"], row["subject"]) for row in rows] == [
        (olga.person.id, f"payout:{payout.id}") for payout in (first, third)
    ]


async def test_nothing_is_listed_where_nothing_is_approved(app: App) -> None:
    with pytest.raises(NothingToList):
        await app.use.make_payout_list(await app.owner())
    payouts = await _approved(app)
    with pytest.raises(NothingToList):
        await app.use.make_payout_list(await app.owner(), program="waiting", currency="USD")
    chosen = await app.use.make_payout_list(await app.owner())
    for payout in payouts:
        await app.presses("boss", payout, SETTLE)
    with pytest.raises(NothingToList):
        await app.use.read_bank_list(await app.owner(), chosen.id)
    with pytest.raises(NotFound):
        await app.use.show_payout_list(await app.owner(), chosen.id + 1)


async def test_what_one_approved_above_the_limit_is_told_apart(app: App) -> None:
    payouts = await _approved(app)
    app.configures(second_person_above=Decimal(65))
    chosen = await app.use.make_payout_list(await app.in_chat("olga"))
    assert chosen.own == {payouts[2].id}
    assert (await app.use.show_payout_list(await app.owner(), chosen.id)).own == frozenset()


async def test_two_people_who_settle_one_list_at_once_pay_each_once(app: App) -> None:
    payouts = await _approved(app)
    await app.staff("pete", StaffRole.FINANCE)
    presses = [app.presses(who, payout, SETTLE) for payout in payouts for who in ("olga", "pete")]
    came = await asyncio.gather(*presses, return_exceptions=True)
    assert sum(isinstance(one, Payout) for one in came) == len(payouts)
    assert sum(isinstance(one, PayoutAlreadyDecided) for one in came) == len(payouts)
    for payout in payouts:
        kinds = [row["kind"] for row in await app.rows("entries", payout_id=payout.id)]
        assert kinds == ["payout_reserved", "payout_settled"]
        assert len([k for k, p in await app.told("leo") if p.get("payout_id") == payout.id]) == 1


async def test_what_waits_for_a_signed_copy_is_left_out_of_the_list_and_the_file(
    app: App, tmp_path: Path
) -> None:
    app.configures(paper_files=PaperFolder(tmp_path))
    await with_requisites(app)
    boss = await app.owner()
    signed, unsigned = await app.asks("leo", "10.00"), await app.asks("leo", "20.00")
    for payout in (signed, unsigned):
        await app.presses("boss", payout, APPROVE)
    with pytest.raises(NothingToList) as refused:
        await app.use.make_payout_list(boss)
    assert refused.value.facts["count"] == 2
    leo = await app.private("leo")
    copy = await app.use.send_signed_copy.file(leo, signed.id, name="a.pdf", data=pdf())
    await app.use.decide_signed_copy(boss, CopyDecision(copy_id=copy.id, is_accepted=True))

    chosen = await app.use.make_payout_list(boss)
    assert ([view.payout.id for view in chosen.views], chosen.left_out) == ([signed.id], 1)
    read = await app.use.read_bank_list(boss, chosen.id)
    assert [view.payout.id for view in read.views] == [signed.id]
    english = Languages("en", UTC).of("en")
    assert "📎 1 is left out" in list_screen(english, chosen).text
    # The purpose is the program's wording with the invoice's number, in the invoice's language.
    [_, row] = bank_table(english, read, app.now.date())
    invoice = (await documents_of(app, signed))[0]
    title = document_title(Languages("en", UTC).of(invoice.language), invoice).plain
    assert row[-1] == f"{PURPOSE}. {title}"
    assert str(invoice.number) in title


async def test_a_list_of_before_leaves_out_what_has_come_to_lack_a_copy(
    app: App, tmp_path: Path
) -> None:
    app.configures(paper_files=PaperFolder(tmp_path))
    await with_requisites(app)
    boss, leo = await app.owner(), await app.private("leo")
    payouts = [await app.asks("leo", "10.00"), await app.asks("leo", "20.00")]
    for payout in payouts:
        await app.presses("boss", payout, APPROVE)
    app.offers(PAPERS_UNSIGNED, saas_tiers())
    chosen = await app.use.make_payout_list(boss)
    assert chosen.left_out == 0
    app.offers(PAPERS, saas_tiers())
    copy = await app.use.send_signed_copy.file(leo, payouts[0].id, name="a.pdf", data=pdf())
    await app.use.decide_signed_copy(boss, CopyDecision(copy_id=copy.id, is_accepted=True))
    shown = await app.use.show_payout_list(boss, chosen.id)
    assert shown.lacking == {payouts[1].id}
    read = await app.use.read_bank_list(boss, chosen.id)
    assert [view.payout.id for view in read.views] == [payouts[0].id]
