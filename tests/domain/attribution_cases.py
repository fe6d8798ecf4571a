"""Who clicked when, and who gets the client: the table of R1-R4."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.entities.client import NotAttributed
from domain.rules.attribution import Touch
from tests.domain.builders import instant

ANN, BOB, EVE = 1, 2, 3
NOW = "2026-03-08 10:00:00"


def touch(partner: int, at: str, order: int = 0, *, named: bool = False) -> Touch:
    """Build a click on the link of a partner."""
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
