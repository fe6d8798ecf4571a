"""Pay-outs that a program makes by itself after a quarter."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
import pytest_asyncio

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.intake import holds
from domain.programs.model import Program
from domain.rules.payout_ibans import BadPayoutAccount
from domain.rules.payout_schedule import NoPayoutSchedule, PayoutsScheduled
from domain.rules.requisites import RequisitesMissing
from domain.usecases.payouts.schedule import MakeScheduledPayouts
from tests.usecases.app import IBAN, App
from tests.usecases.published import publishes
from tests.usecases.requisites import REQUISITES

QUARTERLY = """\
[program]
key = "acme"
currency = "USD"
[commission]
rates = [{ rate = "10%" }]
[payout]
minimum = "200.00"
schedule = "quarterly"
day = 5
"""
DOCUMENTS = """
[payout_documents]
kinds = ["invoice", "act"]
purpose = "For clients brought"
"""
DUE = datetime(2026, 4, 5, 9, tzinfo=UTC)


@pytest_asyncio.fixture(loop_scope="session")
async def acme(app: App) -> App:
    await publishes(app, QUARTERLY)
    return app


async def works(app: App, name: str, amount: str, *, account: bool = True) -> None:
    await app.joins(name, "acme")
    await app.earns(name, amount, "acme")
    if account:
        await app.use.name_payout_account(await app.private(name), f"{IBAN} {name}")


async def paid(app: App) -> dict[int, tuple[int, str]]:
    return {
        row["requested_by"]: (row["minor"], row["request_key"])
        for row in await app.rows("payouts")
    }


async def test_who_reached_the_minimum_and_named_an_account_is_paid_all(acme: App) -> None:
    await works(acme, "leo", "250.00")
    await works(acme, "ida", "199.99")
    await works(acme, "zoe", "300.00", account=False)
    assert await acme.use.make_scheduled_payouts() == 0
    acme.now = DUE
    assert await acme.use.make_scheduled_payouts() == 1
    (minor, key) = (await paid(acme))[acme.id_of("leo")]
    assert (minor, key.endswith(":schedule:acme:2026-Q1")) == (25000, True)
    assert (await acme.figures("leo", "acme"))["reserved"] == "250.00"
    assert await acme.owed_to("ida", "acme") == "199.99"
    (row,) = await acme.rows("payouts")
    assert b"DE02" not in row["account"]
    assert len(await acme.rows("notices", kind="payout_requested")) == 1
    (told,) = await acme.rows("notices", kind="payout_scheduled")
    assert told["recipient"] == acme.id_of("leo")


async def test_less_is_carried_over_to_the_next_quarter(acme: App) -> None:
    await works(acme, "ida", "150.00")
    acme.now = DUE
    assert await acme.use.make_scheduled_payouts() == 0
    await acme.earns("ida", "100.00", "acme")
    assert await acme.use.make_scheduled_payouts() == 0
    acme.now = datetime(2026, 7, 5, tzinfo=UTC)
    assert await acme.use.make_scheduled_payouts() == 1
    assert (await paid(acme))[acme.id_of("ida")][0] == 25000


async def test_many_replicas_make_one_pay_out_of_a_period(acme: App) -> None:
    await works(acme, "leo", "250.00")
    acme.now = DUE
    made = await asyncio.gather(*(acme.use.make_scheduled_payouts() for _ in range(5)))
    assert sum(made) == 1
    assert len(await acme.rows("payouts")) == 1
    await acme.earns("leo", "500.00", "acme")
    assert await acme.use.make_scheduled_payouts() == 0


async def test_what_is_missing_is_told_a_week_ahead_once(acme: App) -> None:
    await works(acme, "leo", "250.00", account=False)
    await works(acme, "ida", "100.00", account=False)
    acme.now = datetime(2026, 3, 28, 9, tzinfo=UTC)
    await acme.use.make_scheduled_payouts()
    assert await acme.rows("notices", kind="payout_coming") == []
    acme.later(days=1)
    for _ in range(2):
        await acme.use.make_scheduled_payouts()
    (told,) = await acme.rows("notices", kind="payout_coming")
    assert told["recipient"] == acme.id_of("leo")
    assert told["params"]["missing"] == ["payout_account_missing"]
    assert told["params"]["due"] == "2026-04-05"


async def test_nobody_asks_by_hand_and_is_told_when_and_how_much(acme: App) -> None:
    await works(acme, "leo", "250.00")
    with pytest.raises(PayoutsScheduled) as refused:
        await acme.use.offer_payout(await acme.private("leo"))
    facts = refused.value.facts
    assert (facts["due"], str(facts["payable"])) == (date(2026, 4, 5), "250.00")
    assert facts["has_account"] is True
    with pytest.raises(PayoutsScheduled):
        await acme.asks("leo", "200.00")
    with pytest.raises(BadPayoutAccount):
        await acme.use.name_payout_account(await acme.private("leo"), "x")


async def test_a_schedule_begins_with_its_terms(app: App) -> None:
    on_request = QUARTERLY.replace('schedule = "quarterly"\nday = 5\n', "")
    await publishes(app, on_request)
    await app.joins("leo", "acme")
    await app.earns("leo", "250.00", "acme")
    with pytest.raises(NoPayoutSchedule):
        await app.use.name_payout_account(await app.private("leo"), IBAN)
    head = 'currency = "USD"\nversion = 2\nversion_date = 2026-04-06'
    await publishes(app, QUARTERLY.replace('currency = "USD"', head))
    app.now = datetime(2026, 4, 6, 1, tzinfo=UTC)
    await app.use.name_payout_account(await app.private("leo"), IBAN)
    # The fifth of April was before the schedule held.
    assert await app.use.make_scheduled_payouts() == 0
    app.now = datetime(2026, 7, 5, 1, tzinfo=UTC)
    assert await app.use.make_scheduled_payouts() == 1


async def test_where_documents_are_made_the_requisites_say_where_the_money_goes(app: App) -> None:
    await publishes(app, QUARTERLY + DOCUMENTS)
    await works(app, "leo", "250.00")
    leo = await app.private("leo")
    with pytest.raises(RequisitesMissing):
        await app.use.offer_payout(leo)
    app.now = datetime(2026, 3, 30, 9, tzinfo=UTC)
    await app.use.make_scheduled_payouts()
    (told,) = await app.rows("notices", kind="payout_coming")
    assert told["params"]["missing"] == ["requisites_missing"]
    await app.use.save_requisites(leo, REQUISITES)
    with pytest.raises(PayoutsScheduled) as refused:
        await app.use.offer_payout(leo)
    assert refused.value.facts["has_account"] is True
    app.now = DUE
    await app.use.choose(await app.private("leo"), "uk")
    assert await app.use.make_scheduled_payouts() == 1
    (payout,) = await app.rows("payouts")
    shown = await app.use.show_payout_card(payout["id"])
    assert shown
    assert REQUISITES.values["iban"] in shown.payout.account
    made = await app.rows("payout_documents", payout_id=payout["id"])
    assert {row["kind"] for row in made} == {"invoice", "act"}
    (owed,) = await app.rows("notices", kind="payout_papers")
    assert owed["recipient"] == app.id_of("leo")
    assert owed["params"]["payout_id"] == payout["id"]
    # They go to the partner by themselves, in the language of its admin.
    sent = await app.use.read_payout_documents.to_send(app.id_of("leo"), payout["id"])
    assert [document.language for document in sent] == ["uk", "uk"]
    assert not await app.use.read_payout_documents.to_send(app.id_of("leo") + 1, payout["id"])


async def test_who_is_stopped_during_the_run_is_not_paid(
    acme: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    await works(acme, "leo", "250.00")
    acme.now = DUE
    enrolments = MakeScheduledPayouts._enrolments

    async def then_suspended(job: MakeScheduledPayouts, program: Program) -> Sequence[Enrolment]:
        rows = await enrolments(job, program)
        await acme.sets_status("leo", EnrolmentStatus.SUSPENDED)
        return rows

    monkeypatch.setattr(MakeScheduledPayouts, "_enrolments", then_suspended)

    assert await acme.use.make_scheduled_payouts() == 0
    assert await acme.rows("payouts") == []
    assert await acme.figures("leo", "acme") == {"accrued": "250.00", "payable": "250.00"}


async def test_all_that_was_held_is_paid_however_many_commissions(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holds, "BATCH_SIZE", 2)
    await publishes(app, QUARTERLY.replace("[commission]", "[commission]\nhold_days = 14"))
    await works(app, "leo", "100.00")
    for _ in range(4):
        await app.earns("leo", "100.00", "acme")
    app.now = DUE

    assert await app.use.make_scheduled_payouts() == 1
    assert await app.figures("leo", "acme") == {"accrued": "500.00", "reserved": "500.00"}
