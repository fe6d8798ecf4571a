"""Why a client is not here, claims, objections, and what staff decide (R1-R5, R24)."""

from datetime import timedelta

import pytest

from domain.access import NotAPartner
from domain.entities.claim import Claim, ClaimView, Explanation, OwnDay, Whereabouts
from domain.entities.partner import EnrolmentStatus
from domain.errors import NotAllowed, NotFound
from domain.period import text_of
from domain.rights import StaffRole
from domain.rules.claims import (
    ClaimAlreadyDecided,
    ClaimAlreadyOpen,
    ClaimantNotActive,
    ClaimClientUnknown,
    ClientIsYours,
    ReasonNeeded,
    TooManyClaims,
    TooManyQuestions,
)
from domain.rules.payouts import OwnPayout
from domain.usecases.claims.ask import read_client
from domain.usecases.claims.decide import ClaimDecision
from tests.usecases.app import START, App


async def ask(app: App, name: str, about: str) -> Explanation:
    answer = await app.use.ask_about_client(await app.private(name), read_client(about))
    assert isinstance(answer, Explanation)
    return answer


async def claim(app: App, name: str, about: str, comment: str = "") -> Claim:
    return await app.use.open_claim(await app.private(name), read_client(about), comment)


async def decide(
    app: App, of: Claim, *, accept: bool = True, words: str = "", by: str = "boss", **more: str
) -> ClaimView:
    decision = ClaimDecision(claim_id=of.id, is_accepted=accept, reason_text=words, **more)
    return await app.use.decide_claim(await app.in_chat(by), decision)


async def clicked(app: App, code: str, visitor: str, **ago: float) -> None:
    await app.reports(
        "click.recorded",
        click_id=f"click-{visitor}-{code}",
        code=code,
        clicked_at=text_of(app.now - timedelta(**ago)),
        visitor_id=visitor,
    )


async def partner_of(app: App, client: str) -> str | None:
    async with app.around.open_work.read() as work:
        view = await work.reports.client(client)
    assert view
    return view.codes[0] if view.codes else None


async def test_each_answer_is_honest_and_names_nobody(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
    code = await app.code_of("ann")
    await app.client("mine", by="ann", email="Mine+x@example.com")
    await app.client("others", by="bob", phone="+359 88 123 4567")
    await app.client("nobody")
    await clicked(app, code, "late", days=8)
    await app.client("late", visitor_id="late")
    await app.client("early", visitor_id="early")
    await app.client("own", by="ann", owner_account_id="acc-ann")
    await app.client("awaits", click_id="not-seen-yet")
    await app.pays("mine", "10.00")
    for about, where in (
        ("mine", Whereabouts.YOURS),
        ("mine@example.com", Whereabouts.YOURS),
        ("others", Whereabouts.OTHERS),
        ("00359881234567", Whereabouts.OTHERS),
        ("+359 (88) 123-45-67", Whereabouts.OTHERS),
        ("nobody", Whereabouts.NO_CLICK),
        ("late", Whereabouts.OUTSIDE_WINDOW),
        ("early", Whereabouts.NO_CLICK),
        ("own", Whereabouts.SELF_REFERRAL),
        ("awaits", Whereabouts.CLICK_NOT_SEEN),
        ("stranger@example.com", Whereabouts.UNKNOWN),
    ):
        assert (await ask(app, "ann", about)).where is where, about
    late = await ask(app, "ann", "late")
    assert late.first_click_at == START - timedelta(days=8)
    assert late.window_ends_at == START - timedelta(days=1)
    assert late.registered_at == START
    for about in ("others", "nobody"):
        told = await ask(app, "ann", about)
        assert told.registered_at is told.first_click_at is told.earns_until is None
    assert (await ask(app, "bob", "late")).where is Whereabouts.NO_CLICK


async def test_what_waits_is_said_to_wait(app: App) -> None:
    await app.joins("ann")
    await app.client("mine", by="ann")
    paid = {"amount": "10.00", "currency": "EUR", "paid_at": text_of(app.now)}
    await app.reports("payment.succeeded", payment_id="p1", client_id="mine", **paid)
    await app.reports("payment.succeeded", payment_id="p2", client_id="to_come", **paid)
    assert (await ask(app, "ann", "mine")).where is Whereabouts.YOURS_PARKED
    assert (await ask(app, "ann", "to_come")).where is Whereabouts.NOT_REPORTED
    assert (await ask(app, "ann", "toXcome")).where is Whereabouts.UNKNOWN
    app.later(days=400)
    await app.client("next", by="ann")
    assert (await ask(app, "ann", "next")).where is Whereabouts.YOURS


async def test_a_client_that_earns_no_more_is_shown_as_such(app: App) -> None:
    await app.joins("ann")
    await app.client("mine", by="ann")
    app.later(days=400)
    told = await ask(app, "ann", "mine")
    assert told.where is Whereabouts.YOURS_ENDED
    assert told.earns_until is not None
    assert not told.may_claim


async def test_a_click_after_the_registration_is_told_with_both_dates(app: App) -> None:
    await app.joins("ann")
    await app.client("c1", visitor_id="v1")
    app.later(hours=1)
    await clicked(app, await app.code_of("ann"), "v1")
    told = await ask(app, "ann", "c1")
    assert told.where is Whereabouts.BEFORE_CLICK
    assert (told.registered_at, told.first_click_at) == (START, START + timedelta(hours=1))


async def test_a_day_shows_what_came_through_the_own_links(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
    await app.client("mine", by="ann")
    await app.client("theirs", by="bob")
    await app.opens("zoe", await app.code_of("ann"))
    answer = await app.use.ask_about_client(await app.private("ann"), read_client("02.03.2026"))
    assert answer == OwnDay(day="2026-03-02", clicks=0, starts=1, names=("Mine",))


async def test_questions_end_for_today_after_twenty(app: App) -> None:
    await app.joins("ann")
    for number in range(20):
        await ask(app, "ann", f"guess{number}@example.com")
    with pytest.raises(TooManyQuestions) as refused:
        await ask(app, "ann", "another@example.com")
    assert refused.value.facts == {"limit": 20, "possible_at": START + timedelta(hours=24)}
    app.later(hours=24)
    await ask(app, "ann", "another@example.com")


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
    assert (lost["client"], lost["reason_text"]) == ("C1", "the contract names Bob")
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
    await decide(app, question, code=await app.code_of("bob"), words="she says so")
    shown = (await app.use.show_own_data(await app.private("zoe"))).inviter
    assert shown == "Bob"
    assert dict(await app.told("zoe"))["objection_accepted"]["reason_text"] == "she says so"
    assert dict(await app.told("bob"))["client_given"]["client"] == "Zoe"
    assert "client_lost" in dict(await app.told("ann"))


async def test_a_client_may_belong_to_nobody(app: App) -> None:
    await app.joins("ann")
    await app.opens("zoe", await app.code_of("ann"))
    made = (await app.consents("zoe")).client
    question = await app.use.object_to_inviter(await app.private("zoe"), "nobody did")
    await decide(app, question, words="spam")
    assert await partner_of(app, made.shown_id) is None
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


async def test_a_late_click_decides_only_the_program_that_was_named(app: App) -> None:
    await app.joins("ann", "waiting")
    await app.joins("bob")
    await app.reports(
        "client.registered",
        client_id="c1",
        name="C1",
        registered_at=text_of(app.now),
        click_id="k1",
        visitor_id="v1",
        program="saas-tiers",
    )
    assert [row["pending_program"] for row in await app.rows("clients")] == ["saas-tiers"]
    await clicked(app, await app.code_of("ann", "waiting"), "v1")
    await app.reports(
        "click.recorded",
        click_id="k1",
        code=await app.code_of("bob"),
        clicked_at=text_of(app.now),
    )
    rows = await app.rows("referrals")
    assert [row["program"] for row in rows] == ["saas-tiers"]
    assert rows[0]["enrolment_id"] == (await app.enrolment("bob")).id
    assert [row["pending_program"] for row in await app.rows("clients")] == [None]
