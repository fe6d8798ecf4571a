"""Claims, objections, and what staff decide about whose a client is (R5, R24)."""

from datetime import timedelta

import pytest

from domain.access import NotAPartner
from domain.entities.claim import Whereabouts
from domain.entities.client import NotAttributed
from domain.entities.partner import EnrolmentStatus
from domain.errors import NotAllowed, NotFound
from domain.rights import StaffRole
from domain.rules.claims import (
    ClaimAlreadyDecided,
    ClaimAlreadyOpen,
    ClaimantNotActive,
    ClaimClientUnknown,
    ClientIsYours,
    ReasonNeeded,
    TooManyClaims,
)
from domain.rules.payouts import OwnPayout
from tests.domain.builders import saas_tiers
from tests.domain.programs import CATALOGUE
from tests.usecases.app import START, App
from tests.usecases.claiming import ask, claim, decide, partner_of
from tests.usecases.reporting import answers_to, payment_of


async def test_an_accepted_claim_gives_the_client_from_now_on(app: App) -> None:
    await app.joins("ann")
    await app.client("c1", email="c1@example.com")
    await app.pays("c1", "200.00")
    opened = await claim(app, "ann", "c1@example.com", "we spoke on Monday")
    assert opened.due_at == START + timedelta(days=14)
    view = await app.use.show_claim_card(opened.id)
    assert view
    assert (view.client_name, view.unpaid_minor, view.currency) == ("C1", 2_000, "USD")
    assert [row.claims for row in view.claimants] == [True]
    await decide(app, opened, words="", reason_code="our_mistake")
    assert await app.figures("ann") == {}
    await app.pays("c1", "300.00")
    assert await app.figures("ann") == {"accrued": "30.00", "payable": "30.00"}
    told = dict(await app.told("ann"))["claim_accepted"]
    assert (told["client"], told["reason_code"]) == ("C1", "our_mistake")
    assert await app.audited("claim_accepted")
    assert "c1@example.com" not in str(await app.rows("claims"))


async def test_moving_a_client_needs_words_and_splits_its_payments_in_time(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
    await app.client("c1", by="ann")
    await app.pays("c1", "100.00", payment="p1")
    opened = await claim(app, "bob", "c1")
    with pytest.raises(ReasonNeeded):
        await decide(app, opened)
    await decide(app, opened, words="the contract names Bob", reason_code="proof")
    await app.pays("c1", "200.00")
    assert await app.figures("ann") == {"accrued": "10.00", "payable": "10.00"}
    assert await app.figures("bob") == {"accrued": "20.00", "payable": "20.00"}
    assert [(await app.enrolment(n)).paying_clients for n in ("ann", "bob")] == [0, 1]
    lost = dict(await app.told("ann"))["client_lost"]
    assert (lost["client"], lost["reason_code"]) == ("C1", "proof")
    assert "the contract names Bob" not in str(lost)
    assert dict(await app.told("bob"))["claim_accepted"]["reason_text"] == "the contract names Bob"
    await app.refunds("p1", "100.00")
    assert await app.figures("ann") == {"accrued": "10.00", "clawed_back": "10.00"}
    assert (await app.enrolment("bob")).paying_clients == 1


async def test_a_client_that_comes_back_counts_again_and_history_stays(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
    await app.client("c1", by="ann")
    await app.pays("c1", "100.00")
    await decide(app, await claim(app, "bob", "c1"), words="to bob")
    await decide(app, await claim(app, "ann", "c1"), words="back to ann")
    assert (await app.enrolment("ann")).paying_clients == 1
    moves = await app.rows("referral_moves")
    assert [row["reason_text"] for row in moves] == ["to bob", "back to ann"]


async def test_what_staff_attached_no_click_undoes(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
    await app.opens("zoe", await app.code_of("bob"))
    made = (await app.consents("zoe", "+380501112233")).client
    await decide(app, await claim(app, "ann", made.shown_id), words="zoe said so")
    await app.client("c1", telegram_id=app.id_of("zoe"))
    assert await partner_of(app, "c1") == await app.code_of("ann")


async def test_one_open_claim_of_a_client_and_so_many_a_day(app: App) -> None:
    await app.joins("ann")
    await app.client("c1", email="c1@example.com")
    first = await claim(app, "ann", "c1")
    for about in ("c1", "c1@example.com"):
        with pytest.raises(ClaimAlreadyOpen) as refused:
            await claim(app, "ann", about)
        assert refused.value.facts["due_at"] == first.due_at
    for number in range(4):
        await claim(app, "ann", f"other{number}@example.com")
    with pytest.raises(TooManyClaims) as many:
        await claim(app, "ann", "sixth@example.com")
    assert many.value.facts == {"limit": 5, "possible_at": START + timedelta(hours=24)}
    await decide(app, first, accept=False, reason_code="no_proof", words="no trace of it")
    told = dict(await app.told("ann"))["claim_rejected"]
    assert told["reason_text"] == "no trace of it"
    assert "client" not in told
    assert (await app.use.list_own_claims(await app.private("ann")))[-1].claim.id == first.id


async def test_who_may_not_claim_is_refused(app: App) -> None:
    await app.joins("ann")
    await app.client("mine", by="ann")
    with pytest.raises(ClientIsYours):
        await claim(app, "ann", "mine")
    await app.becomes_member("una", of="ann")
    with pytest.raises(NotAllowed):
        await claim(app, "una", "c1")
    with pytest.raises(NotAllowed):
        await ask(app, "una", "c1")
    with pytest.raises(NotAPartner):
        await claim(app, "eve", "c1")
    await app.sets_status("ann", EnrolmentStatus.SUSPENDED)
    with pytest.raises(ClaimantNotActive):
        await claim(app, "ann", "c1")
    assert not (await ask(app, "ann", "c1")).may_claim


async def test_only_managers_and_owners_decide_and_never_about_their_own(app: App) -> None:
    await app.joins("ann")
    await app.client("c1")
    opened = await claim(app, "ann", "c1")
    for name, role in (("fay", StaffRole.FINANCE), ("sue", StaffRole.SUPPORT)):
        await app.staff(name, role)
        with pytest.raises(NotAllowed):
            await decide(app, opened, by=name)
    await app.staff("max", StaffRole.MANAGER)
    await app.becomes_member("max", of="ann")
    with pytest.raises(OwnPayout):
        await decide(app, opened, by="max")
    assert await partner_of(app, "c1") is None
    with pytest.raises(NotAllowed):
        await app.use.list_claims(await app.private("boss"))
    await decide(app, opened)
    with pytest.raises(ClaimAlreadyDecided) as refused:
        await decide(app, opened, accept=False)
    assert refused.value.facts["by_name"] == "Boss"


async def test_a_client_that_is_not_known_yet_can_be_claimed_and_given_later(app: App) -> None:
    await app.joins("ann")
    opened = await claim(app, "ann", "later@example.com")
    with pytest.raises(ClaimClientUnknown):
        await decide(app, opened)
    await app.client("c1", email="later@example.com")
    await decide(app, opened)
    assert await partner_of(app, "c1") == await app.code_of("ann")


async def test_a_suspended_claimant_gets_nobody(app: App) -> None:
    await app.joins("ann")
    await app.client("c1")
    opened = await claim(app, "ann", "c1")
    await app.sets_status("ann", EnrolmentStatus.SUSPENDED)
    with pytest.raises(ClaimantNotActive):
        await decide(app, opened)


async def test_a_client_may_say_that_somebody_else_invited_it(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
    await app.opens("zoe", await app.code_of("ann"))
    await app.consents("zoe")
    question = await app.use.object_to_inviter(await app.private("zoe"), "it was Bob")
    with pytest.raises(ClaimAlreadyOpen):
        await app.use.object_to_inviter(await app.private("zoe"), "really")
    with pytest.raises(NotFound):
        await app.use.object_to_inviter(await app.private("eve"), "me too")
    with pytest.raises(NotFound):
        await decide(app, question, code="nosuch", words="x")
    said = {"words": "she says so", "reason_code": "client_word"}
    await decide(app, question, code=await app.code_of("bob"), **said)
    shown = (await app.use.show_own_data(await app.private("zoe"))).inviter
    assert shown == "Bob"
    assert dict(await app.told("zoe"))["objection_accepted"]["reason_text"] == "she says so"
    assert dict(await app.told("bob"))["client_given"]["client"] == "Zoe"
    # Ann is not told that Zoe asked: neither the reason nor the words.
    lost = dict(await app.told("ann"))["client_lost"]
    assert lost["client"] == "Zoe"
    assert "client_word" not in str(lost)
    assert "she says so" not in str(lost)


async def test_a_client_may_belong_to_nobody(app: App) -> None:
    await app.joins("ann")
    await app.opens("zoe", await app.code_of("ann"))
    made = (await app.consents("zoe")).client
    question = await app.use.object_to_inviter(await app.private("zoe"), "nobody did")
    await decide(app, question, words="spam")
    assert await partner_of(app, made.shown_id) is None
    async with app.around.open_work.read() as work:
        view = await work.reports.client(made.shown_id)
    assert view
    assert [row.reason for row in view.referrals] == [NotAttributed.DETACHED]
    assert (await ask(app, "ann", made.shown_id)).where is Whereabouts.DETACHED
    await app.pays(made.shown_id, "100.00")
    assert await app.figures("ann") == {}


async def test_staff_are_reminded_before_and_at_the_deadline_once_each(app: App) -> None:
    await app.joins("ann")
    await claim(app, "ann", "c1")
    reminded = []
    for _ in range(18):
        app.later(days=1)
        reminded.append(await app.use.remind_of_claims() + await app.use.remind_of_claims())
    assert [day for day, many in enumerate(reminded, 1) if many] == [12, 14]
    assert sum(reminded) == 2
    assert [view.claim.reminders for view in await app.use.list_claims(await app.owner())] == [2]


async def test_erasing_a_client_empties_its_claims(app: App) -> None:
    await app.joins("ann")
    await app.opens("zoe", await app.code_of("ann"))
    await app.consents("zoe")
    question = await app.use.object_to_inviter(await app.private("zoe"), "my secret words")
    await app.use.erase_own_data(await app.private("zoe"))
    view = await app.use.show_claim_card(question.id)
    assert view
    assert (view.claim.named, view.claim.comment) == ("", "")


async def test_what_a_claimant_missed_is_reckoned_in_its_program_by_mapped_categories(
    app: App,
) -> None:
    app.offers(CATALOGUE, saas_tiers())
    await app.joins("ann", "catalogue")
    await app.joins("bob")
    await app.client("own", by="ann", program="catalogue")
    parked = payment_of(app, "e-1", client="own", category="domains")
    assert (await answers_to(app, parked))[0].status == "parked"
    await app.use.map_category(await app.owner(), "e-1", "hosting")
    await app.client("c1", by="bob", email="c1@example.com")
    await app.pays("c1", "500.00")
    await app.pays("c1", "100.00", program="catalogue", category="domains")

    opened = await claim(app, "ann", "c1@example.com")

    view = await app.use.show_claim_card(opened.id)
    assert view
    assert (view.unpaid_minor, view.currency) == (1_000, "USD")
