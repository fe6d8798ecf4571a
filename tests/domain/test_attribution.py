"""Who gets a client: windows, models, suspended partners, by table and by property (R1-R3)."""

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.client import NotAttributed
from domain.period import whole_seconds, window_holds
from domain.programs.model import AttributionModel
from domain.rules.attribution import Candidate, Decision, Touch, decide
from tests.domain.attribution_cases import ANN, BOB, CASES, EVE, NOW, Case, touch
from tests.domain.builders import instant, many

FIRST, LAST = AttributionModel.FIRST_CLICK, AttributionModel.LAST_CLICK


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
