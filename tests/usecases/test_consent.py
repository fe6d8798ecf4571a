"""Registering as a client by one's own consent, and billing's report of the same client (R37)."""

import asyncio
from datetime import timedelta

import pytest

from domain.entities.client import NotAttributed
from domain.period import text_of
from domain.rights import StaffRole
from tests.usecases.app import START, App

PHONE = "+380671112233"


async def test_consent_makes_a_client_of_the_partner_whose_link_was_opened(app: App) -> None:
    leo = await app.joins("leo")
    await app.opens("ann", leo.code)
    app.later(hours=1)
    registered = await app.consents("ann", PHONE)
    client = registered.client
    assert (registered.is_new, registered.partner_name, registered.reason) == (True, "Leo", None)
    assert client.shown_id.startswith("bot-")
    assert (client.telegram_id, client.phone) == (app.id_of("ann"), PHONE)
    assert (client.registered_at, client.name) == (app.now, "Ann")
    (referral,) = await app.rows("referrals")
    assert (referral["enrolment_id"], referral["code"]) == (leo.id, leo.code)
    assert referral["first_click_at"] == START
    assert referral["earns_until"] == app.now.replace(year=2027)
    assert await app.told("leo") == [
        ("registration", {"program": "saas-tiers", "client": "Ann", "client_id": client.id})
    ]
    (day,) = await app.rows("daily_stats")
    assert (day["starts"], day["registrations"]) == (1, 1)
    assert (await app.private("ann")).client_id == client.id


async def test_without_a_link_the_client_belongs_to_nobody(app: App) -> None:
    await app.joins("leo")
    registered = await app.consents("ann")
    assert (registered.is_new, registered.partner_name) == (True, None)
    assert registered.reason is NotAttributed.NO_CLICK
    assert (await app.pays(registered.client.shown_id, "100.00")).reason == "not_attributed"


async def test_the_first_click_wins_over_a_later_link(app: App) -> None:
    leo, mia = (await app.joins("leo")).code, (await app.joins("mia")).code
    await app.opens("ann", leo)
    app.later(days=6)
    await app.opens("ann", mia)
    app.later(hours=23)
    assert (await app.consents("ann")).partner_name == "Leo"


async def test_the_earliest_click_wins_whose_window_still_holds(app: App) -> None:
    leo, mia = (await app.joins("leo")).code, (await app.joins("mia")).code
    await app.opens("ann", leo)
    app.later(days=6)
    await app.opens("ann", mia)
    app.later(days=1, seconds=1)
    assert (await app.consents("ann")).partner_name == "Mia"


WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("clicked_after", "consents_after", "reason"),
    [
        (timedelta(0), WEEK, None),
        (timedelta(0), WEEK + timedelta(microseconds=999_999), None),
        (timedelta(microseconds=999_999), WEEK, None),
        (timedelta(0), WEEK + timedelta(seconds=1), "outside_window"),
        (timedelta(microseconds=999_999), WEEK + timedelta(seconds=1), "outside_window"),
    ],
)
async def test_the_window_is_seven_days_its_last_second_included(
    app: App, clicked_after: timedelta, consents_after: timedelta, reason: str | None
) -> None:
    code = (await app.joins("leo")).code
    app.now = START + clicked_after
    await app.opens("ann", code)
    app.now = START + consents_after
    registered = await app.consents("ann")
    assert registered.reason == reason
    assert registered.partner_name == (None if reason else "Leo")
    answer = await app.pays(registered.client.shown_id, "100.00")
    assert answer.reason == ("not_attributed" if reason else None)
    assert await app.owed_to("leo") == ("0.00" if reason else "10.00")


async def test_later_clicks_on_the_same_link_do_not_prolong_the_window(app: App) -> None:
    code = (await app.joins("leo")).code
    for _ in range(3):
        await app.opens("ann", code)
        app.later(days=3)
    assert (await app.consents("ann")).reason is NotAttributed.OUTSIDE_WINDOW


async def test_each_program_decides_for_itself(app: App) -> None:
    await app.joins("leo")
    await app.opens("ann", await app.code_of("leo"))
    await app.opens("ann", (await app.joins("leo", "waiting")).code)
    app.later(days=8)
    registered = await app.consents("ann")
    assert (registered.partner_name, registered.reason) == ("Leo", None)
    kept = {row["program"]: row["reason"] for row in await app.rows("referrals")}
    assert kept == {"saas-tiers": NotAttributed.OUTSIDE_WINDOW, "waiting": None}


async def test_consent_again_finds_the_same_client(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.opens("ann", code)
    first = await app.consents("ann", PHONE)
    before = await app.contents()
    app.later(days=30)
    again = await app.consents("ann", "+380990000000")
    assert (again.client, again.partner_name) == (first.client, "Leo")
    assert not again.is_new
    assert await app.contents() == before


async def test_two_taps_at_once_make_one_client(app: App) -> None:
    ann = await app.private("ann")
    taps = (app.use.register_by_consent(ann, phone=PHONE) for _ in range(3))
    registered = await asyncio.gather(*taps)
    assert sorted(one.is_new for one in registered) == [False, False, True]
    assert len({one.client.id for one in registered}) == len(await app.rows("clients")) == 1


async def test_a_phone_that_billing_knows_is_that_client(app: App) -> None:
    await app.joins("leo")
    mia = (await app.joins("mia")).code
    await app.client("ann-7", by="leo", phone="+380 (67) 111-22-33", email="ann@example.com")
    before = await app.contents(but=("people", "clients", "clicks", "daily_stats"))
    await app.opens("ann", mia)
    registered = await app.consents("ann", "380671112233")
    client = registered.client
    assert (client.shown_id, client.telegram_id) == ("ann-7", app.id_of("ann"))
    assert (registered.is_new, registered.partner_name) == (False, "Leo")
    assert (client.name, client.email, client.registered_at) == (
        "Ann-7",
        "ann@example.com",
        START,
    )
    assert len(await app.rows("clients")) == 1
    assert await app.contents(but=("people", "clients", "clicks", "daily_stats")) == before


async def test_a_client_that_is_somebody_already_is_nobody_elses(app: App) -> None:
    await app.consents("ann", PHONE)
    bob = await app.consents("bob", PHONE)
    assert bob.is_new
    clients = {row["telegram_id"]: row["name"] for row in await app.rows("clients")}
    assert clients == {app.id_of("ann"): "Ann", app.id_of("bob"): "Bob"}


# The partner itself (R4)


async def test_a_member_that_clicked_before_it_joined_is_kept_and_earns_nothing(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.opens("ann", code)
    await app.becomes_member("ann", of="leo")
    registered = await app.consents("ann")
    assert registered.reason is NotAttributed.SELF_REFERRAL
    assert registered.partner_name is None
    assert (await app.pays(registered.client.shown_id, "100.00")).reason == "self_referral"
    assert await app.figures("leo") == {}
    assert await app.told("leo") == []
    assert (await app.enrolment("leo")).paying_clients == 0
    assert [row["registrations"] for row in await app.rows("daily_stats")] == [0]


async def test_a_self_referring_click_is_passed_over_for_the_next_partner(app: App) -> None:
    leo, mia = (await app.joins("leo")).code, (await app.joins("mia")).code
    await app.opens("ann", leo)
    app.later(minutes=1)
    await app.opens("ann", mia)
    await app.becomes_member("ann", of="leo")
    assert (await app.consents("ann")).partner_name == "Mia"


@pytest.mark.parametrize(
    "known",
    [
        {"owner_account_id": "acc-leo"},
        {"email": "L.E.O+shop@gmail.com"},
        {"phone": "0038 067 111 22 33"},
        {"tax_id": "2244411226"},
    ],
    ids=lambda known: next(iter(known)),
)
async def test_an_account_from_inside_the_partners_own_is_no_referral(
    app: App, known: dict[str, str]
) -> None:
    await app.joins("leo")
    own = {"email": "leo@googlemail.com", "phone": PHONE, "tax_id": "2244411226"}
    await app.client("leo-himself", telegram_id=app.id_of("leo"), **own)
    answer = await app.client("shop", by="leo", **known)
    assert answer.reason == "self_referral"
    assert (await app.pays("shop", "100.00")).reason == "self_referral"
    assert await app.figures("leo") == {}


async def test_the_account_named_after_the_registration_changes_nothing(app: App) -> None:
    await app.joins("leo", account=False)
    assert (await app.client("shop", by="leo", owner_account_id="acc-leo")).reason is None
    await app.joins("leo")
    await app.pays("shop", "100.00")
    assert await app.owed_to("leo") == "10.00"


# Billing reports the client that was made in the bot


@pytest.mark.parametrize("by", ["telegram_id", "phone"])
async def test_billings_report_is_the_same_client_and_the_old_id_goes_on_working(
    app: App, by: str
) -> None:
    code = (await app.joins("leo")).code
    await app.opens("ann", code)
    made = (await app.consents("ann", PHONE)).client
    app.later(days=2)
    sign = {"telegram_id": app.id_of("ann"), "phone": "+380 67 111 22 33"}[by]
    assert (await app.client("c-7", **{by: sign})).reason is None
    assert len(await app.rows("clients")) == 1
    for name in (made.shown_id, "c-7"):
        shown = await app.use.report_client(name)
        assert shown
        assert (shown[0].client.id, shown[0].client.shown_id) == (made.id, "c-7")
        assert shown[0].client.registered_at == app.now
        assert shown[0].codes == (code,)
    await app.pays(made.shown_id, "100.00")
    await app.pays("c-7", "100.00")
    assert await app.owed_to("leo") == "20.00"
    assert (await app.enrolment("leo")).paying_clients == 1
    again = await app.consents("ann")
    assert (again.client.shown_id, again.partner_name) == ("c-7", "Leo")


async def test_the_merged_client_is_judged_by_billings_date(app: App) -> None:
    await app.opens("ann", (await app.joins("leo")).code)
    assert (await app.consents("ann")).partner_name == "Leo"
    app.later(days=8)
    answer = await app.client("c-7", telegram_id=app.id_of("ann"))
    assert answer.reason == "outside_window"
    assert (await app.pays("c-7", "100.00")).reason == "not_attributed"
    assert sum(row["registrations"] for row in await app.rows("daily_stats")) == 0


async def test_once_a_payment_is_applied_the_partner_stays(app: App) -> None:
    await app.opens("ann", (await app.joins("leo")).code)
    made = (await app.consents("ann")).client
    await app.staff("olga", StaffRole.FINANCE)
    await app.use.enter_payment(
        await app.in_chat("olga"),
        client_id=made.shown_id,
        amount="100.00",
        currency="USD",
        request="1:1",
    )
    app.later(days=8)
    assert (await app.client("c-7", telegram_id=app.id_of("ann"))).reason is None
    await app.pays("c-7", "50.00")
    assert await app.owed_to("leo") == "15.00"


async def test_two_ids_of_billing_never_merge_by_themselves(app: App) -> None:
    await app.consents("ann", PHONE)
    for name in ("c-7", "c-8"):
        await app.client(name, telegram_id=app.id_of("ann"), registered_at=text_of(START))
    assert len(await app.rows("clients")) == 2
    first = await app.use.report_client("c-7")
    second = await app.use.report_client("c-8")
    assert first
    assert second
    assert first[0].client.id != second[0].client.id
