"""Repeated and contradicting reports: one id, one fact, one effect (E01, E02, E08)."""

from dataclasses import replace

import pytest

from domain.entities.client import NotAttributed
from domain.events.read import read_event
from domain.intake.apply import Incoming, apply_batch
from domain.intake.erasing import without_person
from domain.intake.json_text import canonical
from tests.domain.builders import Sent, clicked, deleted, opened, paid, refunded, registered
from tests.domain.starting import code_of, with_client
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, leo, and ann whom leo brought."""
    return with_client()


PAYMENT = paid("p1", "ann", "100.00", "2026-11-03")

STORY = (
    clicked("c1", "leo", "2026-11-01 09:00"),
    registered("bob", "2026-11-01 10:00", click_id="c1"),
    opened("a1", "bob", "2026-11-02"),
    paid("p2", "bob", "100.00", "2026-11-03"),
    refunded("r2", "p2", "30.00", "2026-11-04"),
    deleted("bob", "2026-11-05"),
)


def test_every_type_sent_again_is_a_duplicate_and_changes_nothing(world: World) -> None:
    first = world.send(*STORY)
    before, postings = world.outcome(), len(world.postings)

    again = world.send(*STORY)

    assert again == [replace(answer, status="duplicate") for answer in first]
    assert world.outcome() == before
    assert len(world.postings) == postings


def test_every_fact_under_a_new_id_is_a_duplicate_and_changes_nothing(world: World) -> None:
    first = world.send(*STORY)
    before, events = world.outcome(), len(world.events)

    again = world.send(*(one.under(f"new-{one.id}") for one in STORY))

    assert again == [
        replace(answer, id=f"new-{answer.id}", status="duplicate") for answer in first
    ]
    assert world.outcome() == before
    assert len(world.events) == events + len(STORY)


def test_the_order_of_the_keys_does_not_matter(world: World) -> None:
    world.send_one(PAYMENT)

    turned = replace(PAYMENT, data=dict(reversed(PAYMENT.data.items())))

    assert list(turned.data) != list(PAYMENT.data)
    assert world.send_one(turned).status == "duplicate"
    assert world.conflicts == []


@pytest.mark.parametrize(
    "other",
    [
        PAYMENT.but(amount="100.01"),
        PAYMENT.but(category="crm"),
        # as JSON these are other data, though they mean the same
        PAYMENT.but(amount="100.0"),
        PAYMENT.but(paid_at="2026-11-03T02:00:00+02:00"),
        PAYMENT.but(unknown="field"),
        refunded("r1", "p1", "5.00", "2026-11-04").under(PAYMENT.id),
    ],
    ids=lambda sent: str(sent.data),
)
def test_one_id_with_other_data_is_a_conflict_of_which_both_bodies_are_kept(
    world: World, other: Sent
) -> None:
    world.send_one(PAYMENT)
    before = world.outcome()

    answer = world.send_one(other)

    assert code_of(answer) == ("conflict", "conflict")
    assert answer.error is not None
    assert answer.error.field == "id"
    assert world.outcome() == before
    (kept,) = world.conflicts
    assert (kept.event_id, kept.kind) == (PAYMENT.id, other.kind)
    assert kept.data == canonical(other.data)
    assert world.events[PAYMENT.id].data == canonical(PAYMENT.data)
    assert world.notices("event_conflict") == [{"event_id": PAYMENT.id, "event_type": other.kind}]


def test_one_id_with_the_same_data_of_another_type_is_a_conflict(world: World) -> None:
    both = opened("a1", "ann", "2026-11-02").but(deleted_at="2026-11-02T00:00:00Z")
    world.send_one(both)

    answer = world.send_one(replace(both, kind="client.deleted"))

    assert code_of(answer) == ("conflict", "conflict")
    assert world.client("ann").deleted_at is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PAYMENT, PAYMENT.but(amount="200.00")),
        (PAYMENT, PAYMENT.but(client_id="somebody-else")),
        (
            registered("bob", "2026-11-01", referral_code="leo"),
            registered("bob", "2026-11-01", referral_code="eve"),
        ),
        (
            registered("bob", "2026-11-01", referral_code="leo"),
            registered("bob", "2026-11-02", referral_code="leo"),
        ),
        (opened("a1", "ann", "2026-11-02"), opened("a1", "bob", "2026-11-02")),
        (deleted("ann", "2026-11-05"), deleted("ann", "2026-11-06")),
        (clicked("c1", "leo", "2026-11-01"), clicked("c1", "eve", "2026-11-01")),
    ],
    ids=lambda sent: str(sent.data),
)
def test_the_same_fact_with_other_data_under_a_new_id_is_rejected(
    world: World, first: Sent, second: Sent
) -> None:
    world.enrols("eve")
    world.send_one(first)
    before = {name: value for name, value in world.outcome().items() if name != "events"}
    rows = dict(world.clients), dict(world.referrals), dict(world.client_accounts)

    answer = world.send_one(second.under("another"))

    assert code_of(answer) == ("rejected", "conflict")
    assert {k: v for k, v in world.outcome().items() if k != "events"} == before
    assert (world.clients, world.referrals, world.client_accounts) == rows
    assert world.notices("event_rejected") == [
        {"event_id": "another", "event_type": second.kind, "code": "conflict"}
    ]
    # its id is used up: the same again is the same answer
    assert world.send_one(second.under("another")) == replace(answer, status="duplicate")


def test_inside_one_batch_repeats_get_what_came_of_the_first(world: World) -> None:
    late = paid("p2", "ann", "100.00", "2025-01-01")

    answers = world.send(
        late,
        late,
        late.under("copy"),
        late.but(amount="5.00"),
        late.but(amount="5.00").under("other"),
        paid("p3", "nobody", "5.00", "2026-11-03"),
        paid("p3", "nobody", "5.00", "2026-11-03").under("copy of p3"),
    )

    assert [(a.status, a.reason, a.error and a.error.code) for a in answers] == [
        ("applied", "before_registration", None),
        ("duplicate", "before_registration", None),
        ("duplicate", "before_registration", None),
        ("conflict", None, "conflict"),
        ("rejected", None, "conflict"),
        ("parked", None, "client_unknown"),
        ("duplicate", None, "client_unknown"),
    ]
    assert world.payments["p2"].minor == 10_000


def test_a_duplicate_tells_what_came_of_the_first_since(world: World) -> None:
    waiting = paid("p9", "zoe", "100.00", "2026-11-03")
    assert world.send_one(waiting).status == "parked"
    assert code_of(world.send_one(waiting)) == ("duplicate", "client_unknown")

    answers = world.send(waiting, registered("zoe", "2026-11-02", referral_code="leo"))

    assert [code_of(answer) for answer in answers] == [("duplicate", None), ("applied", None)]
    assert world.earned("p9") == "10.00 at 10%"


def test_a_rejected_fact_may_be_reported_rightly_under_a_new_id(world: World) -> None:
    wrong = paid("p1", "ann", "100.00", "2026-11-03", exchange_rate="2")

    assert code_of(world.send_one(wrong)) == ("rejected", "exchange_rate_not_one")
    assert world.send_one(PAYMENT.under("right")).status == "applied"
    assert code_of(world.send_one(wrong)) == ("duplicate", "exchange_rate_not_one")
    assert world.earned("p1") == "10.00 at 10%"


def test_requests_that_share_one_transaction_answer_as_if_they_did_not(world: World) -> None:
    wrong = paid("p1", "ann", "100.00", "2026-11-03", exchange_rate="2")
    batches = [[wrong], [PAYMENT.under("right")], [PAYMENT.under("again")]]
    facts = world.picture()

    answers = [
        apply_batch(facts, [incoming(world, one) for one in batch], world.tokens)
        for batch in batches
    ]
    world.keep(facts)

    assert [answer.status for (answer,) in answers] == ["rejected", "applied", "duplicate"]
    assert world.earned("p1") == "10.00 at 10%"


def incoming(world: World, sent: Sent) -> Incoming:
    return Incoming(
        id=sent.id,
        kind=sent.kind,
        data=canonical(sent.data),
        event=read_event(sent.kind, sent.data, now=world.now),
    )


@pytest.mark.parametrize(
    ("change", "status"),
    [({}, "duplicate"), ({"registered_at": "2026-11-02T00:00:01Z"}, "conflict")],
)
def test_of_an_erased_client_what_is_left_is_compared(
    world: World, change: dict[str, object], status: str
) -> None:
    sent = registered("zoe", "2026-11-02", email="zoe@shop.example", phone="+380501112233")
    world.send_one(sent)
    record = world.events[sent.id]
    world.events[sent.id] = replace(record, data=without_person(record.data))
    assert "zoe@" not in world.events[sent.id].data

    assert world.send_one(sent.but(**change)).status == status
    by_fact = world.send_one(sent.but(**change).under("new id"))
    assert by_fact.status == ("duplicate" if status == "duplicate" else "rejected")


def test_one_bad_event_does_not_spoil_its_neighbours(world: World) -> None:
    answers = world.send(
        clicked("c1", "no-such-code", "2026-11-01"),
        paid("p1", "ann", "100.00", "2026-11-03"),
        refunded("r1", "p1", "100.01", "2026-11-04"),
        refunded("r2", "p1", "40.00", "2026-11-04"),
        registered("bob", "2026-11-02", program="no-such-program"),
        paid("p2", "bob", "1.00", "2026-11-04"),
    )

    assert [code_of(answer) for answer in answers] == [
        ("rejected", "code_unknown"),
        ("applied", None),
        ("rejected", "refund_exceeds_payment"),
        ("applied", None),
        ("rejected", "program_unknown"),
        ("parked", "client_unknown"),
    ]
    assert world.figures("leo") == {"accrued": "10.00", "payable": "6.00", "clawed_back": "4.00"}
    assert [notice["code"] for notice in world.notices("event_rejected")] == [
        "code_unknown",
        "program_unknown",
        "refund_exceeds_payment",
    ]
    assert world.partner_of("ann") == "leo"
    assert NotAttributed.NO_CLICK not in {client.reason for client in world.clients.values()}
