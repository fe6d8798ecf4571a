"""The list of scenarios, in the order of the table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from tests.faults.ground import BOTH, Ground
from tests.faults.row import Row
from tests.faults.scenarios import kills, steps

Run = Callable[[Ground], Awaitable[Row | list[Row]]]


@dataclass(frozen=True)
class Scenario:
    """One row to be.

    Attributes:
        name: By which it is chosen.
        about: What is broken.
        run: Does it.
    """

    name: str
    about: str
    run: Run


SCENARIOS = [
    *(
        Scenario(f"kill {one}", "kill -9 at random moments", partial(kills.kill, database=one))
        for one in BOTH
    ),
    Scenario("cut postgresql", "all connections are ended", kills.cut_connections),
    Scenario("steps", "kill, ENOSPC, EIO at the N-th call of the system", steps.strike_each_step),
]
