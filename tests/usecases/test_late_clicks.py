"""Payments that were there before a click gave their client a partner (R3, R7, R12)."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from domain.entities.event import EventShelf, EventStatus
from domain.entities.payment import EarnedNothing
from domain.period import text_of
from domain.usecases.events.record import ReportedEvent
from storage.books import audit
from tests.domain.builders import written
from tests.usecases.app import App

STRICT = written(
    """
    [program]
    key = "strict"
    currency = "EUR"
    [attribution]
    window_days = 30
    [commission]
    rates = [{ category = "vps", rate = "10%" }]
    [payout]
    minimum = "1.00"
    """
)
"""Only one category has a rate."""
UNMAPPED = {"category": "mystery", "currency": "EUR"}
FOREIGN = {"category": "vps", "currency": "USD"}
FIGURES = {"accrued": "10.00", "payable": "10.00"}


@pytest.fixture
def strict(app: App) -> App:
    """Return the product with that program alone."""
    app.offers(STRICT)
    return app


async def registers(app: App) -> None:
    """Let Ann be a partner, and a client register by a click that is reported later."""
    await app.joins("ann", "strict")
    at = text_of(app.now)
    data = {"client_id": "c-1", "name": "C", "registered_at": at, "click_id": "k-1"}
    assert (await app.reports("client.registered", **data)).status == "applied"


async def clicks(app: App) -> None:
    """Let the click be reported by which the client had come."""
    code = await app.code_of("ann", "strict")
    at = text_of(app.now - timedelta(days=1))
    click = {"click_id": "k-1", "code": code, "clicked_at": at}
    assert (await app.reports("click.recorded", **click)).status == "applied"


def payment(app: App, **more: str) -> dict[str, object]:
    """Return what billing says of a payment of 100.00."""
    data = {"payment_id": "p-1", "client_id": "c-1", "amount": "100.00"}
    return {**data, "paid_at": text_of(app.now), **more}


async def of_event(app: App, event_id: str) -> Mapping[str, object]:
    """Return an event as it is kept."""
    (row,) = await app.rows("events", id=event_id)
    return row


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_category_without_a_rate_is_mapped_by_staff_whenever_the_click_comes(
    strict: App, is_late: bool
) -> None:
    app = strict
    await registers(app)
    if not is_late:
        await clicks(app)
    await app.reports("payment.succeeded", event_id="e-1", **payment(app, **UNMAPPED))
    if is_late:
        await clicks(app)

    assert await app.figures("ann", "strict") == {}
    assert (await app.enrolment("ann", "strict")).paying_clients == 0
    assert await app.told_staff() == [
        (
            "event_parked",
            {"event_id": "e-1", "event_type": "payment.succeeded", "code": "category"},
        )
    ]
    page = await app.use.list_events(await app.owner(), EventShelf.FOR_STAFF)
    assert [row.id for row in page.rows] == ["e-1"]
    assert await audit(app.engines) == []

    mapped = await app.use.map_category(await app.owner(), "e-1", "vps")

    assert (mapped.answer.status, mapped.applied) == ("applied", 1)
    assert await app.figures("ann", "strict") == FIGURES
    assert (await app.enrolment("ann", "strict")).paying_clients == 1
    (kept,) = await app.rows("payments")
    assert (kept["program"], kept["reason"]) == ("strict", None)


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_missing_exchange_rate_may_come_whenever_the_click_comes(
    strict: App, is_late: bool
) -> None:
    app = strict
    await registers(app)
    if not is_late:
        await clicks(app)
    told = payment(app, **FOREIGN)
    await app.reports("payment.succeeded", event_id="e-1", **told)
    if is_late:
        await clicks(app)
    assert (await of_event(app, "e-1"))["error_code"] == "exchange_rate"
    assert await app.figures("ann", "strict") == {}

    answer = await app.reports("payment.succeeded", event_id="e-2", **told, exchange_rate="0.9")

    assert (answer.status, answer.reason) == ("applied", None)
    assert await app.figures("ann", "strict") == {"accrued": "9.00", "payable": "9.00"}
    (kept,) = await app.rows("payments")
    assert (str(kept["exchange"]), kept["reason"]) == ("0.9", None)
    replaced = await of_event(app, "e-1")
    assert (replaced["status"], replaced["error_code"]) == (EventStatus.REJECTED, "superseded")


async def test_a_stored_payment_that_waits_takes_nothing_but_its_exchange_rate(
    strict: App,
) -> None:
    app = strict
    await registers(app)
    told = payment(app, **FOREIGN)
    await app.reports("payment.succeeded", event_id="e-1", **told)
    await clicks(app)

    more = told | {"amount": "900.00", "exchange_rate": "0.9"}
    answer = await app.reports("payment.succeeded", **more)

    assert (answer.status, answer.error and answer.error.code) == ("rejected", "conflict")
    (kept,) = await app.rows("payments")
    assert (kept["minor"], kept["reason"]) == (10_000, EarnedNothing.NO_EXCHANGE_RATE)
    assert (await of_event(app, "e-1"))["status"] is EventStatus.PARKED


async def test_what_was_refunded_meanwhile_earns_less_when_the_category_is_mapped(
    strict: App,
) -> None:
    app = strict
    await registers(app)
    await app.reports("payment.succeeded", event_id="e-1", **payment(app, **UNMAPPED))
    await app.refunds("p-1", "20.00")
    await clicks(app)
    await app.refunds("p-1", "20.00")
    await app.use.map_category(await app.owner(), "e-1", "vps")
    await app.refunds("p-1", "10.00")

    assert await app.figures("ann", "strict") == {
        "accrued": "10.00",
        "payable": "5.00",
        "clawed_back": "5.00",
    }


async def test_one_batch_tells_of_the_payment_that_its_own_late_click_parks(strict: App) -> None:
    app = strict
    await registers(app)
    code = await app.code_of("ann", "strict")
    at = text_of(app.now - timedelta(days=1))
    click = {"click_id": "k-1", "code": code, "clicked_at": at}
    early = payment(app, **UNMAPPED) | {"paid_at": text_of(app.now - timedelta(days=2))}
    events = [("e-1", "payment.succeeded", early), ("e-2", "click.recorded", click)]
    answers = await app.use.record_events(
        [[ReportedEvent(id=i, kind=k, data=d) for i, k, d in events]]
    )

    assert [answer.status for answer in answers[0]] == ["parked", "applied"]


async def test_a_stored_payment_that_staff_drop_earns_nothing_for_good(strict: App) -> None:
    app = strict
    await registers(app)
    await app.reports("payment.succeeded", event_id="e-1", **payment(app, **UNMAPPED))
    await clicks(app)

    await app.use.drop_event(await app.owner(), "e-1")

    event = await of_event(app, "e-1")
    assert (event["status"], event["reason"]) == (EventStatus.APPLIED, "no_rate_row")
    assert [row["action"] for row in await app.audited("event_dropped")] == ["event_dropped"]
    assert await app.figures("ann", "strict") == {}
    again = await app.reports("payment.succeeded", event_id="e-9", **payment(app, **UNMAPPED))
    assert (again.status, len(await app.rows("payments"))) == ("duplicate", 1)
