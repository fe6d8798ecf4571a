"""What billing reports, as the use case answers it: conflicts, look-ups, dry runs (E01, E02)."""

from dataclasses import replace

from domain.events.fields import FieldProblem
from domain.usecases.events.record import Malformed
from tests.domain.builders import saas_tiers
from tests.domain.programs import CATALOGUE
from tests.usecases.app import App
from tests.usecases.reporting import answers_to, known_of, payment_of

# Conflicts


async def test_a_second_body_under_one_id_is_kept_and_staff_are_told(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    await answers_to(app, payment_of(app, "e-1"))
    (answer,) = await answers_to(app, payment_of(app, "e-1", amount="999.00"))
    assert answer.status == "conflict"
    assert answer.error
    assert (answer.error.code, answer.error.field) == ("conflict", "id")
    told = {"event_id": "e-1", "event_type": "payment.succeeded"}
    assert await app.told_staff() == [("event_conflict", told)]
    (kept,) = await app.rows("event_conflicts")
    assert kept["event_id"] == "e-1"
    assert '"999.00"' in kept["data"]
    assert await app.owed_to("leo") == "10.00"
    first = await app.use.look_up_event("e-1")
    assert first
    assert first.status == "applied"


async def test_the_same_fact_otherwise_under_a_new_id_is_rejected_and_told(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    await answers_to(app, payment_of(app, "e-1"))
    (answer,) = await answers_to(app, payment_of(app, "e-2", payment_id="of-e-1", amount="999.00"))
    assert answer.status == "rejected"
    assert [kind for kind, _ in await app.told_staff()] == ["event_rejected"]
    assert await app.owed_to("leo") == "10.00"
    assert answer == await known_of(app, "e-2")


# Requests


async def test_an_event_is_looked_up_by_its_id(app: App) -> None:
    assert await app.use.look_up_event("e-1") is None
    await app.client("ann")
    received_at = app.now
    await answers_to(app, payment_of(app, "e-1"))
    app.later(days=1)
    event = await app.use.look_up_event("e-1")
    assert event
    assert (event.status, event.reason, event.fact) == (
        "applied",
        "not_attributed",
        "payment:of-e-1",
    )
    assert (event.received_at, event.applied_at) == (received_at, received_at)


async def test_what_cannot_be_read_is_not_kept_and_leaves_its_id_free(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    before = await app.contents()
    bad = payment_of(app, "e-1", amount=100, currency="usd", client_id="")
    ((answer,),) = await app.use.record_events([[bad]])
    assert isinstance(answer, Malformed)
    assert {problem.field for problem in answer.problems} == {
        "data.amount",
        "data.currency",
        "data.client_id",
    }
    ((unknown,),) = await app.use.record_events([[replace(bad, kind="payment.made")]])
    assert isinstance(unknown, Malformed)
    assert isinstance(unknown.problems[0], FieldProblem)
    assert await app.contents() == before
    assert (await answers_to(app, payment_of(app, "e-1")))[0].status == "applied"


async def test_requests_that_wait_together_share_a_commit_and_keep_their_answers(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    commits = app.commits
    bad = payment_of(app, "e-bad", amount="0.00")
    batches = [
        [payment_of(app, "e-1"), bad, payment_of(app, "e-2", client="nobody-yet")],
        [],
        [payment_of(app, "e-1"), payment_of(app, "e-3")],
    ]
    answers = await app.use.record_events(batches)
    assert app.commits == commits + 1
    told = [[getattr(answer, "status", "malformed") for answer in batch] for batch in answers]
    assert told == [["applied", "malformed", "parked"], [], ["duplicate", "applied"]]
    assert [[answer.id for answer in batch] for batch in answers] == [
        [event.id for event in batch] for batch in batches
    ]
    assert await app.owed_to("leo") == "20.00"


async def test_nothing_to_record_opens_no_transaction(app: App) -> None:
    commits = app.commits
    assert await app.use.record_events([]) == []
    assert await app.use.record_events([[], []]) == [[], []]
    assert app.commits == commits


async def test_a_dry_run_says_what_would_happen_and_keeps_nothing(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    before = await app.contents()
    events = [
        payment_of(app, "e-1"),
        payment_of(app, "e-2", client="nobody-yet"),
        payment_of(app, "e-1"),
    ]
    answers = await answers_to(app, *events, dry_run=True)
    assert [answer.status for answer in answers] == ["applied", "parked", "duplicate"]
    assert await app.contents() == before
    assert (await answers_to(app, payment_of(app, "e-1")))[0].status == "applied"


async def test_programs_that_are_not_offered_any_more_spoil_nothing(app: App) -> None:
    app.offers(saas_tiers(), CATALOGUE)
    await app.joins("leo", "catalogue")
    await app.client("ann", by="leo", program="catalogue")
    await answers_to(app, payment_of(app, "e-1", category="hosting"))
    app.offers(saas_tiers())
    (answer,) = await answers_to(app, payment_of(app, "e-2", category="hosting"))
    assert (answer.status, answer.reason) == ("applied", "partner_suspended")
    await app.refunds("of-e-1", "40.00")
    taken = {"accrued": "10.00", "payable": "6.00", "clawed_back": "4.00"}
    assert await app.figures("leo", None) == taken
    assert (await app.enrolment("leo", None)).paying_clients == 1
    await app.refunds("of-e-1", "60.00")
    assert await app.figures("leo", None) == {"accrued": "10.00", "clawed_back": "10.00"}
    assert (await app.enrolment("leo", None)).paying_clients == 0
