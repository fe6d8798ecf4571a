"""Who gets a client: windows, models, self-referrals, suspended partners (R1-R5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.client import Client, NotAttributed
from domain.entities.partner import PartnerIdentity
from domain.period import whole_seconds, window_holds
from domain.programs.model import AttributionModel
from domain.rules.attribution import Candidate, Decision, Touch, decide
from domain.rules.self_referral import is_self_referral
from tests.domain.builders import instant, many

ANN, BOB, EVE = 1, 2, 3
FIRST, LAST = AttributionModel.FIRST_CLICK, AttributionModel.LAST_CLICK
NOW = "2026-03-08 10:00:00"


def touch(partner: int, at: str, order: int = 0, *, named: bool = False) -> Touch:
    return Touch(
        enrolment_id=partner, code=f"c{partner}", at=instant(at), order=order, is_named=named
    )


@dataclass(frozen=True)
class Case:
    """Who clicked when, and who gets the client that registered on 8 March at ten."""

    name: str
    touches: Sequence[Touch]
    expected: int | NotAttributed
    first_click: str | None = None
    last: int | NotAttributed | None = None
    window: int | None = 7
    selves: set[int] = field(default_factory=set)
    suspended: set[int] = field(default_factory=set)


CASES = [
    # one partner, R1
    Case("nobody clicked", [], NotAttributed.NO_CLICK),
    Case("a click before", [touch(ANN, "2026-03-07 09:00:00")], ANN, "2026-03-07 09:00:00"),
    Case("the same second", [touch(ANN, NOW)], ANN, NOW),
    Case("later within the same second", [touch(ANN, NOW + ".900000")], ANN),
    Case("a second later", [touch(ANN, "2026-03-08 10:00:01")], NotAttributed.BEFORE_CLICK),
    Case("exactly seven days", [touch(ANN, "2026-03-01 10:00:00")], ANN),
    Case("seven days but a fraction", [touch(ANN, "2026-03-01 10:00:00.900000")], ANN),
    Case(
        "seven days and a second",
        [touch(ANN, "2026-03-01 09:59:59")],
        NotAttributed.OUTSIDE_WINDOW,
    ),
    Case(
        "a fraction does not save the second",
        [touch(ANN, "2026-03-01 09:59:59.999999")],
        NotAttributed.OUTSIDE_WINDOW,
    ),
    Case("no limit", [touch(ANN, "2016-03-01 10:00:00")], ANN, window=None),
    Case(
        "no limit backwards",
        [touch(ANN, "2026-03-08 10:00:01")],
        NotAttributed.BEFORE_CLICK,
        window=None,
    ),
    Case(
        "a later click does not renew the window",
        [touch(ANN, "2026-02-20 10:00:00"), touch(ANN, "2026-03-08 09:00:00", 1)],
        NotAttributed.OUTSIDE_WINDOW,
    ),
    Case(
        "a later click does not move the start",
        [touch(ANN, "2026-03-07 10:00:00", 1), touch(ANN, "2026-03-02 10:00:00")],
        ANN,
        "2026-03-02 10:00:00",
    ),
    Case(
        "a click after the registration takes nothing away",
        [touch(ANN, "2026-03-07 10:00:00"), touch(ANN, "2026-03-09 10:00:00", 1)],
        ANN,
        "2026-03-07 10:00:00",
    ),
    # a named code, R3
    Case("a named code", [touch(ANN, NOW, named=True)], ANN, NOW),
    Case(
        "a named code does not restart a window",
        [touch(ANN, "2026-02-20 10:00:00"), touch(ANN, NOW, 1, named=True)],
        NotAttributed.OUTSIDE_WINDOW,
    ),
    Case(
        "a named code of a partner clicked in time",
        [touch(ANN, NOW, 1, named=True), touch(ANN, "2026-03-05 10:00:00")],
        ANN,
        "2026-03-05 10:00:00",
    ),
    Case(
        "a named code is the last click",
        [touch(ANN, "2026-03-05 10:00:00"), touch(BOB, NOW, 1, named=True)],
        ANN,
        last=BOB,
    ),
    Case(
        "a named code of one, an expired click of the other",
        [touch(ANN, "2026-02-01 10:00:00"), touch(BOB, NOW, 1, named=True)],
        BOB,
        NOW,
    ),
    # several partners, R2
    Case(
        "two in time",
        [touch(BOB, "2026-03-06 10:00:00", 1), touch(ANN, "2026-03-05 10:00:00")],
        ANN,
        "2026-03-05 10:00:00",
        last=BOB,
    ),
    Case(
        "recorded in another order",
        [touch(ANN, "2026-03-05 10:00:00", 9), touch(BOB, "2026-03-06 10:00:00", 2)],
        ANN,
        last=BOB,
    ),
    Case(
        "the same second goes to the one recorded first",
        [touch(BOB, "2026-03-05 10:00:00", 5), touch(ANN, "2026-03-05 10:00:00.900000", 4)],
        ANN,
    ),
    Case(
        "who comes back is clicked first and last",
        [
            touch(ANN, "2026-03-05 10:00:00"),
            touch(BOB, "2026-03-06 10:00:00", 1),
            touch(ANN, "2026-03-07 10:00:00", 2),
        ],
        ANN,
        "2026-03-05 10:00:00",
    ),
    Case(
        "clicked first, second and first again in one second",
        [
            touch(ANN, "2026-03-05 10:00:00", 1),
            touch(BOB, "2026-03-05 10:00:00", 2),
            touch(ANN, "2026-03-05 10:00:00", 3),
        ],
        ANN,
        "2026-03-05 10:00:00",
    ),
    Case(
        "the last one whose window holds, though clicked last outside it",
        [
            touch(ANN, "2026-02-20 10:00:00"),
            touch(BOB, "2026-03-06 10:00:00", 1),
            touch(ANN, "2026-03-07 10:00:00", 2),
        ],
        BOB,
    ),
    Case(
        "clicks after the registration do not make one the last",
        [
            touch(ANN, "2026-03-05 10:00:00"),
            touch(BOB, "2026-03-06 10:00:00", 1),
            touch(ANN, "2026-03-08 11:00:00", 2),
        ],
        ANN,
        "2026-03-05 10:00:00",
        last=BOB,
    ),
    Case(
        "the earliest is out, the next is in",
        [touch(ANN, "2026-02-28 10:00:00"), touch(BOB, "2026-03-06 10:00:00", 1)],
        BOB,
        "2026-03-06 10:00:00",
    ),
    # passed over, R2 and R4
    Case(
        "itself alone",
        [touch(ANN, "2026-03-05 10:00:00")],
        NotAttributed.SELF_REFERRAL,
        selves={ANN},
    ),
    Case(
        "itself first, then another",
        [touch(ANN, "2026-03-05 10:00:00"), touch(BOB, "2026-03-06 10:00:00", 1)],
        BOB,
        "2026-03-06 10:00:00",
        selves={ANN},
    ),
    Case(
        "another first, then itself",
        [touch(ANN, "2026-03-05 10:00:00"), touch(BOB, "2026-03-06 10:00:00", 1)],
        ANN,
        selves={BOB},
    ),
    Case(
        "itself by a named code",
        [touch(ANN, NOW, named=True)],
        NotAttributed.SELF_REFERRAL,
        selves={ANN},
    ),
    Case(
        "suspended alone",
        [touch(ANN, "2026-03-05 10:00:00")],
        NotAttributed.PARTNER_SUSPENDED,
        suspended={ANN},
    ),
    Case(
        "suspended, then another",
        [touch(ANN, "2026-03-05 10:00:00"), touch(BOB, "2026-03-06 10:00:00", 1)],
        BOB,
        suspended={ANN},
    ),
    # of several reasons the most telling one
    Case(
        "itself and suspended others",
        [
            touch(BOB, "2026-03-05 10:00:00"),
            touch(ANN, "2026-03-06 10:00:00", 1),
            touch(EVE, "2026-02-01 10:00:00", 2),
        ],
        NotAttributed.SELF_REFERRAL,
        selves={ANN},
        suspended={BOB},
    ),
    Case(
        "suspended and outside",
        [touch(ANN, "2026-03-05 10:00:00"), touch(BOB, "2026-02-01 10:00:00", 1)],
        NotAttributed.PARTNER_SUSPENDED,
        suspended={ANN},
    ),
    Case(
        "outside and before",
        [touch(ANN, "2026-03-09 10:00:00"), touch(BOB, "2026-02-01 10:00:00", 1)],
        NotAttributed.OUTSIDE_WINDOW,
    ),
]


def decided(case: Case, model: AttributionModel) -> Decision:
    candidates = {
        who: Candidate(is_active=who not in case.suspended, is_self=who in case.selves)
        for who in (ANN, BOB, EVE)
    }
    return decide(
        case.touches,
        candidates,
        registered_at=instant(NOW),
        window_days=case.window,
        model=model,
    )


def who(decision: Decision) -> int | NotAttributed | None:
    assert (decision.touch is None) != (decision.reason is None)
    return decision.touch.enrolment_id if decision.touch else decision.reason


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_first_click_whose_window_holds_wins(case: Case) -> None:
    decision = decided(case, FIRST)

    assert who(decision) == case.expected
    if case.first_click is not None:
        assert decision.touch is not None
        assert decision.touch.at == instant(case.first_click)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_last_partner_clicked_whose_window_holds_wins(case: Case) -> None:
    decision = decided(case, LAST)

    assert who(decision) == (case.expected if case.last is None else case.last)


def test_the_last_click_model_tells_the_first_click_on_the_winners_link() -> None:
    case = Case(
        "",
        [
            touch(ANN, "2026-03-04 10:00:00"),
            touch(BOB, "2026-03-05 10:00:00", 1),
            touch(ANN, "2026-03-06 10:00:00", 2),
        ],
        ANN,
    )

    assert decided(case, LAST).touch == case.touches[0]


# Few days and few fractions, so that seconds and window ends often meet.
moments = st.builds(
    lambda days, ms: instant("2026-02-25") + timedelta(days=days, milliseconds=ms),
    st.integers(0, 12),
    st.sampled_from([0, 0, 900, 1_000, 1_900, 3_600_000]),
)


@st.composite
def many_touches(draw: st.DrawFn) -> list[Touch]:
    """Clicks of up to five partners, recorded in some order."""
    drawn = draw(st.lists(st.tuples(st.integers(1, 5), moments), max_size=10))
    orders = draw(st.permutations(range(len(drawn))))
    return [
        Touch(enrolment_id=partner, code=f"c{partner}", at=at, order=order)
        for (partner, at), order in zip(drawn, orders, strict=True)
    ]


some_candidates = st.fixed_dictionaries(
    {
        number: st.builds(
            Candidate, is_active=st.sampled_from([True, True, False]), is_self=st.booleans()
        )
        for number in range(1, 7)
    }
)
windows = st.sampled_from([None, 1, 3, 7, 30])
models = st.sampled_from(AttributionModel)


@given(many_touches(), some_candidates, windows, models, moments, st.randoms())
@many
def test_the_order_in_which_clicks_are_looked_at_does_not_matter(
    touches: list[Touch],
    candidates: dict[int, Candidate],
    window: int | None,
    model: AttributionModel,
    registered_at: datetime,
    random: Random,
) -> None:
    shuffled = touches[:]
    random.shuffle(shuffled)

    def result(of: list[Touch]) -> Decision:
        return decide(of, candidates, registered_at=registered_at, window_days=window, model=model)

    assert result(shuffled) == result(touches)


@given(many_touches(), some_candidates, windows, moments, st.data())
@many
def test_a_later_click_of_another_partner_never_takes_a_client_from_the_first(
    touches: list[Touch],
    candidates: dict[int, Candidate],
    window: int | None,
    registered_at: datetime,
    data: st.DataObject,
) -> None:
    def result(of: list[Touch]) -> Decision:
        return decide(of, candidates, registered_at=registered_at, window_days=window, model=FIRST)

    before = result(touches)
    at = data.draw(moments)
    if before.touch is not None:
        at = before.touch.at + abs(at - before.touch.at)
    # partner 6 clicked never before
    late = Touch(enrolment_id=6, code="c6", at=at, order=len(touches))
    after = result([*touches, late])

    if before.touch is not None:
        assert after == before
    else:
        assert after.touch in (None, late)


@given(many_touches(), some_candidates, windows, models, moments)
@many
def test_the_decision_is_the_plain_reading_of_the_rules(
    touches: list[Touch],
    candidates: dict[int, Candidate],
    window: int | None,
    model: AttributionModel,
    registered_at: datetime,
) -> None:
    decision = decide(
        touches, candidates, registered_at=registered_at, window_days=window, model=model
    )

    starts: dict[int, Touch] = {}
    for one in sorted(touches, key=lambda t: (whole_seconds(t.at), t.order)):
        starts.setdefault(one.enrolment_id, one)
    may_win = [
        number
        for number, start in starts.items()
        if window_holds(start.at, registered_at, window)
        and candidates[number] == Candidate(is_active=True, is_self=False)
    ]
    clicks = [
        one
        for one in touches
        if one.enrolment_id in may_win and whole_seconds(one.at) <= whole_seconds(registered_at)
    ]
    if model is LAST and clicks:
        latest = max(whole_seconds(one.at) for one in clicks)
        clicks = [one for one in clicks if whole_seconds(one.at) == latest]
    if clicks:
        winner = min(clicks, key=lambda t: (whole_seconds(t.at), t.order))
        assert decision == Decision(touch=starts[winner.enrolment_id], reason=None)
    else:
        assert decision.touch is None
        assert (decision.reason is NotAttributed.NO_CLICK) == (not touches)


# The partner itself, R4

PARTNER = PartnerIdentity(
    telegram_ids=frozenset({77, 78}),
    emails=frozenset({"leopartner@gmail.com", "leo@shop.example"}),
    phones=frozenset({"380501112233"}),
    tax_ids=frozenset({"7707083893"}),
    vendor_account_id="acc-1",
)


@pytest.mark.parametrize(
    "known",
    [
        {"telegram_id": 77},
        {"telegram_id": 78},
        {"email": "leo@shop.example"},
        {"email": " LEO@Shop.Example "},
        {"email": "leo+client@shop.example"},
        {"email": "leo.partner@gmail.com"},
        {"email": "L.e.o.Partner+x@googlemail.com"},
        {"phone": "+380501112233"},
        {"phone": "+38 (050) 111-22-33"},
        {"phone": "00380501112233"},
        {"tax_id": "7707083893"},
        {"owner_account_id": "acc-1"},
        {"telegram_id": 5, "email": "x@y.example", "tax_id": "7707083893"},
    ],
)
def test_a_client_that_shares_anything_with_a_member_is_the_partner_itself(
    known: dict[str, object],
) -> None:
    assert is_self_referral(client(**known), PARTNER)


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"telegram_id": 79},
        {"email": "leo@shop.example.org"},
        {"email": "l.eo@shop.example"},
        {"email": "leopartner@gmx.example"},
        {"phone": "+380501112234"},
        {"phone": "501112233"},
        {"tax_id": "7707083894"},
        {"owner_account_id": "acc-2"},
        {"owner_account_id": "ACC-1"},
    ],
)
def test_another_person_is_not_the_partner(known: dict[str, object]) -> None:
    assert not is_self_referral(client(**known), PARTNER)


def test_what_is_unknown_of_both_is_no_match() -> None:
    assert not is_self_referral(client(), PartnerIdentity())
    assert not is_self_referral(client(owner_account_id=None), PartnerIdentity())


def client(**known: object) -> Client:
    return Client(id=1, shown_id="c", name="C", registered_at=instant(NOW), **known)
