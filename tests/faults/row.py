"""What a scenario of faults found: one line of the table, and whether it is well."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Row:
    """The figures of one scenario.

    Attributes:
        scenario: Its name.
        database: What the product stood on.
        seed: Repeats its random choices.
        strikes: Faults that were done: kills, cuts, failed calls of the system ...
        sent: Operations that somebody asked for: events, updates, e-mails.
        acknowledged: Those that were answered with success.
        lost: Those of them whose effect is missing, with what was looked at.
        doubled: Effects more than there were operations, with what was looked at.
        unanswered: People and systems who were left without an answer in the end.
        trial_balance: The sum of the postings over all currencies; not 0 is wrong.
        books: Differences that the second path found.
        seconds: How long it took.
        note: What else is of interest; times decide nothing.
        wrong: What kept the scenario from its end.
    """

    scenario: str
    database: str = "sqlite"
    seed: int = 0
    strikes: int = 0
    sent: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    trial_balance: int = 0
    books: int = 0
    seconds: float = 0.0
    note: str = ""
    wrong: str = ""

    @property
    def is_well(self) -> bool:
        """Test if nothing was lost, doubled or left without an answer, and the books balance."""
        found = (self.lost, self.doubled, self.unanswered, self.trial_balance, self.books)
        return not any(found) and not self.wrong

    @property
    def complaints(self) -> list[str]:
        """Return what is not well, a sentence each."""
        said = [f"lost: {one}" for one in self.lost]
        said += [f"doubled: {one}" for one in self.doubled]
        said += [f"unanswered: {one}" for one in self.unanswered]
        if self.trial_balance:
            said.append(f"the trial balance is {self.trial_balance}")
        if self.books:
            said.append(f"the books have {self.books} differences")
        return [*said, *([self.wrong] if self.wrong else [])]

    def expect(self, what: str, found: int | None, expected: int) -> None:
        """Compare a count with what it must be: less is lost, more is doubled."""
        less = expected - (found or 0)
        if less > 0:
            self.lost.append(f"{what}: {less} of {expected}")
        elif less < 0:
            self.doubled.append(f"{what}: {-less} over {expected}")

    def expect_all(self, what: str, found: Iterable[object], expected: Collection[object]) -> None:
        """Compare names of things: each must be there, once."""
        names = list(found)
        missing = set(expected) - set(names)
        if missing:
            self.lost.append(f"{what}: {sorted(map(str, missing))[:5]}")
        if len(names) > len(set(names)):
            self.doubled.append(f"{what}: {len(names) - len(set(names))} names stand twice")

    def must_have_struck(self) -> None:
        """Say that it shows nothing if no fault was done."""
        if not self.strikes:
            self.wrong = self.wrong or "nothing was struck"

    def add(self, other: "Row") -> None:
        """Take the figures of a part of the same scenario in."""
        self.strikes += other.strikes
        self.sent += other.sent
        self.acknowledged += other.acknowledged
        self.lost += other.lost
        self.doubled += other.doubled
        self.unanswered += other.unanswered
        self.trial_balance += other.trial_balance
        self.books += other.books
        self.wrong = self.wrong or other.wrong

    def as_json(self) -> dict[str, Any]:
        """Return the row for machines."""
        return asdict(self) | {"is_well": self.is_well}


HEAD = (
    "scenario",
    "database",
    "strikes",
    "sent",
    "acknowledged",
    "lost",
    "doubled",
    "unanswered",
    "trial balance",
    "seconds",
    "seed",
    "note",
)


def _cells(row: Row) -> tuple[str, ...]:
    balance = str(row.trial_balance) + (f", {row.books} differences" if row.books else "")
    counts = (row.strikes, row.sent, row.acknowledged)
    found = (row.lost, row.doubled, row.unanswered)
    return (
        row.scenario,
        row.database,
        *map(str, counts),
        *(str(len(names)) for names in found),
        balance,
        f"{row.seconds:.0f}",
        str(row.seed),
        row.note if row.is_well else f"FAILED {row.note}".rstrip(),
    )


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table of Markdown, aligned to be read in a terminal too."""
    lines = [HEAD, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    drawn = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([drawn[0], rule, *drawn[1:]])


def as_json(rows: Sequence[Row], **about: object) -> str:
    """Return the rows, and what they are about, for machines."""
    return json.dumps({**about, "rows": [row.as_json() for row in rows]}, indent=1) + "\n"
