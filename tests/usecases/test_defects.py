"""A defect of ours in one event: it is kept for staff, its neighbours apply, nothing is lost."""

import pytest

from domain.entities.event import EventStatus
from domain.events.types import PaymentSucceeded
from domain.intake import apply, isolating
from domain.intake.facts import Facts
from domain.intake.verdict import Verdict
from domain.period import text_of
from domain.usecases.events.parked import EventStillFails
from domain.usecases.events.record import Answer, Malformed, ReportedEvent
from tests.usecases.app import App

POISON = "boom"
whole = apply.record_payment


class Defect(Exception):
    """What nobody expected."""


def breaks(facts: Facts, event: PaymentSucceeded) -> Verdict:
    if POISON in event.payment_id:
        facts.tell_staff("half", {})
        raise Defect("in the middle of it")
    return whole(facts, event)


@pytest.fixture(autouse=True)
def defect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apply, "record_payment", breaks)


def paid(app: App, name: str, client: str = "ann") -> ReportedEvent:
    data = {
        "payment_id": f"p-{name}",
        "client_id": client,
        "amount": "100.00",
        "currency": "USD",
        "paid_at": text_of(app.now),
    }
    return ReportedEvent(id=f"e-{name}", kind="payment.succeeded", data=data)


def statuses(results: list[Answer | Malformed]) -> list[tuple[str, str | None]]:
    found = []
    for result in results:
        assert isinstance(result, Answer)
        found.append((result.status, result.error.code if result.error else None))
    return found


async def begin(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")


async def test_neighbours_apply_and_the_event_is_kept_with_a_reference(app: App) -> None:
    await begin(app)
    noted: list[tuple[str, Exception]] = []
    app.configures(note_defect=lambda reference, error: noted.append((reference, error)))
    names = ["1", "2", "boom-3", "4", "5", "6", "7", "boom-8", "9"]
    batches = [
        [paid(app, name) for name in names[:5]],
        [],
        [paid(app, name) for name in names[5:]],
    ]
    first, none, second = await app.use.record_events(batches)
    fine, kept = ("applied", None), ("parked", "internal")
    assert statuses(first) == [fine, fine, kept, fine, fine]
    assert (none, statuses(second)) == ([], [fine, fine, kept, fine])
    assert {row["payment_id"] for row in await app.rows("payments")} == {
        f"p-{name}" for name in names if POISON not in name
    }
    rows = await app.rows("events", status=EventStatus.PARKED)
    assert [(row["id"], row["waits_for"]) for row in rows] == [
        ("e-boom-3", "staff:internal"),
        ("e-boom-8", "staff:internal"),
    ]
    assert [type(error) for _, error in noted] == [Defect, Defect]
    for row, (reference, _) in zip(rows, noted, strict=True):
        assert reference in row["error_message"]
    told = await app.told_staff()
    assert [params["code"] for kind, params in told if kind == "event_parked"] == ["internal"] * 2
    assert not [kind for kind, _ in told if kind == "half"]


async def test_the_same_event_again_is_a_duplicate(app: App) -> None:
    await begin(app)
    for expected in ("parked", "duplicate"):
        [[answer]] = await app.use.record_events([[paid(app, POISON)]])
        assert (answer.status, answer.error.code) == (expected, "internal")  # type: ignore[union-attr]
    assert len(await app.rows("events", status=EventStatus.PARKED)) == 1


async def test_staff_run_it_again_when_the_defect_is_mended(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(app)
    await app.use.record_events([[paid(app, POISON)]])
    with pytest.raises(EventStillFails) as refusal:
        await app.use.rerun_event(await app.owner(), f"e-{POISON}")
    assert refusal.value.facts["reference"]
    monkeypatch.setattr(apply, "record_payment", whole)
    answer = await app.use.rerun_event(await app.owner(), f"e-{POISON}")
    assert (answer.status, answer.error) == ("applied", None)
    assert await app.owed_to("leo") == "10.00"
    assert len(await app.audited("event_rerun")) == 1


async def test_a_dry_run_tells_it_and_keeps_nothing(app: App) -> None:
    await begin(app)
    before = await app.contents()
    [results] = await app.use.record_events([[paid(app, "1"), paid(app, POISON)]], dry_run=True)
    assert statuses(results) == [("applied", None), ("parked", "internal")]
    assert await app.contents() == before


async def test_a_parked_event_with_a_defect_does_not_keep_its_client_out(app: App) -> None:
    await app.joins("leo")
    early = [paid(app, "1", "bob"), paid(app, POISON, "bob"), paid(app, "2", "bob")]
    await app.use.record_events([early])
    await app.client("bob", by="leo")
    rows = await app.rows("events", kind="payment.succeeded")
    assert {row["id"]: (row["status"].value, row["waits_for"]) for row in rows} == {
        "e-1": ("applied", None),
        "e-2": ("applied", None),
        f"e-{POISON}": ("parked", "staff:internal"),
    }
    assert await app.owed_to("leo") == "20.00"


async def test_an_outage_is_no_defect(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> Verdict:
        raise ConnectionResetError

    await begin(app)
    monkeypatch.setattr(apply, "record_payment", away)
    with pytest.raises(ConnectionResetError):
        await app.use.record_events([[paid(app, "1"), paid(app, "2")]])
    assert not [row for row in await app.rows("events") if row["kind"] == "payment.succeeded"]


async def test_a_set_of_many_finds_its_bad_ones_in_few_transactions(app: App) -> None:
    await begin(app)
    events = [paid(app, f"{number}-{POISON if number == 137 else 'ok'}") for number in range(256)]
    before = app.commits
    [results] = await app.use.record_events([events])
    assert [status for status, _ in statuses(results)].count("applied") == 255
    assert statuses(results)[137] == ("parked", "internal")
    assert app.commits - before < 12


async def test_a_repeat_releases_what_a_crash_left_waiting(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Outage(Exception):
        """The database is gone."""

    async def crashes(*_: object) -> None:
        raise Outage

    await app.joins("leo")
    app.configures(outages=(Outage,))
    with monkeypatch.context() as before:
        before.setattr(apply, "record_payment", whole)
        for name in ("boom", "good"):
            await app.use.record_events([[paid(app, name)]])
    registration = {"client_id": "ann", "name": "Ann", "registered_at": text_of(app.now)}
    registration |= {"referral_code": await app.code_of("leo")}
    with monkeypatch.context() as between:
        between.setattr(isolating, "_release_each", crashes)
        with pytest.raises(Outage):
            await app.reports("client.registered", event_id="e-ann", **registration)
    waiting = await app.rows("events", status=EventStatus.PARKED)
    assert {row["waits_for"] for row in waiting} == {"client:ann"}

    again = await app.reports("client.registered", event_id="e-ann", **registration)

    assert again.status == "duplicate"
    assert await app.figures("leo") == {"accrued": "10.00", "payable": "10.00"}
    (left,) = await app.rows("events", status=EventStatus.PARKED)
    assert (left["id"], left["waits_for"]) == ("e-boom", "staff:internal")
