"""One run of the benchmarks: what every path is given, and where its rows go."""

import sys
from dataclasses import dataclass, field

from tests.benchmarks.figures import Report, Row, short
from tests.benchmarks.stub import Stub
from tests.benchmarks.world import Databases, Shop


@dataclass
class Run:
    """One run.

    Attributes:
        shop: Starts processes.
        databases: Makes databases.
        stub: The Bot API.
        rounds: How often each thing is measured, in turn with what it is measured against.
        levels: Numbers of requests at once.
        size: Factor on the number of requests; below 1 for a look, above for a long run.
        kinds: Databases that are measured.
        postings: How many the large database has.
        rows: Payments of an import.
        notices: How many chats are written to.
        updates: How many updates and events come while memory is watched.
    """

    shop: Shop
    databases: Databases
    stub: Stub
    rounds: int = 3
    levels: tuple[int, ...] = (1, 32)
    size: float = 1.0
    kinds: tuple[str, ...] = ("sqlite", "postgresql")
    postings: int = 200_000
    rows: int = 5_000
    notices: int = 300
    updates: int = 2_000
    report: Report = field(default_factory=Report)

    def scaled(self, number: int) -> int:
        """Return how many requests a round of this run has instead of the usual number."""
        return max(32, int(number * self.size))

    def add(self, row: Row) -> None:
        """Keep a row and show it at once."""
        self.report.rows.append(row)
        sys.stderr.write(
            f"  {row.path:<34} {short(row.ours):>9} / {short(row.base):>9} {row.unit:<7}"
            f" = {row.ratio:.2f}  {row.met}\n"
        )

    def equal(self, what: str, got: int, wanted: int) -> None:
        """Note a fault where something is lost or doubled."""
        if got != wanted:
            self.report.faults.append(f"{what}: {got} instead of {wanted}")
