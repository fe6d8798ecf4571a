"""What was measured: a row per path and concurrency, printed as one table and kept as JSON."""

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(kw_only=True)
class Row:
    """One path at one concurrency.

    Attributes:
        path: What was measured.
        unit: Of ``ours`` and ``base``.
        ours: Median of the rounds.
        base: The same of what it is measured against.
        against: What that is.
        target: The ratio that is asked for, ``None`` where only the figure is of interest.
        stretch: The ratio that would be better still.
        less_is_better: Times and sizes: the ratio should not be above the target.
        cpu_ours: Processor time of the serving process for one of them, microseconds.
        cpu_base: The same of what it is measured against.
        note: What else there is to say, such as 99th percentiles.
    """

    path: str
    unit: str
    ours: float
    base: float
    against: str
    target: float | None = None
    stretch: float | None = None
    less_is_better: bool = False
    cpu_ours: float = 0.0
    cpu_base: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float:
        """Return ours by the base."""
        return self.ours / self.base if self.base else 0.0

    @property
    def by_cpu(self) -> float:
        """Return the ratio that processor time alone would allow; other work disturbs it less."""
        return self.cpu_base / self.cpu_ours if self.cpu_ours else 0.0

    def _reaches(self, limit: float | None) -> bool:
        if limit is None:
            return False
        return self.ratio <= limit if self.less_is_better else self.ratio >= limit

    @property
    def met(self) -> str:
        """Return whether the target is met, and the stretch with it."""
        if self.target is None:
            return "-"
        if not self._reaches(self.target):
            return "NO"
        return "yes+" if self._reaches(self.stretch) else "yes"


@dataclass
class Report:
    """All rows of a run.

    Attributes:
        rows: What was measured.
        faults: What was lost or doubled.
        broken: Paths that could not be measured to their end, and why.
        began: When, in seconds since 1970.
    """

    rows: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.time)

    def text(self) -> str:
        """Return the table."""
        head = (
            "path",
            "unit",
            "ours",
            "base",
            "ratio",
            "by CPU",
            "target",
            "stretch",
            "met",
            "against",
        )
        lines = [head, *(_cells(row) for row in self.rows)]
        widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
        shown = [_line(line, widths) for line in lines]
        shown.insert(1, "-" * len(shown[0]))
        notes = [f"  {row.path}: {row.note}" for row in self.rows if row.note]
        wrong = [f"  WRONG: {fault}" for fault in self.faults]
        broken = [f"  BROKEN: {path}" for path in self.broken]
        return "\n".join([*shown, "", *notes, *wrong, *broken])

    def keep(self, path: Path) -> None:
        """Write it as JSON."""
        rows = [
            asdict(row)
            | {"ratio": round(row.ratio, 4), "by_cpu": round(row.by_cpu, 4), "met": row.met}
            for row in self.rows
        ]
        content = {"began": self.began, "rows": rows}
        content |= {"faults": self.faults, "broken": self.broken}
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _cells(row: Row) -> tuple[str, ...]:
    sign = "<=" if row.less_is_better else ">="
    return (
        row.path,
        row.unit,
        short(row.ours),
        short(row.base) if row.base else "-",
        f"{row.ratio:.2f}" if row.base else "-",
        f"{row.by_cpu:.2f}" if row.by_cpu else "-",
        "-" if row.target is None else f"{sign} {row.target:g}",
        "-" if row.stretch is None else f"{row.stretch:g}",
        row.met,
        row.against,
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    right = {2, 3, 4, 5}
    aligned = (
        cell.rjust(width) if i in right else cell.ljust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(aligned).rstrip()


def short(number: float) -> str:
    """Return a figure with as many digits as mean something."""
    if number >= 1_000:
        return f"{number:,.0f}".replace(",", " ")
    return f"{number:.1f}" if number >= 10 else f"{number:.3f}"


def median(numbers: Sequence[float]) -> float:
    """Return the median, 0 of nothing."""
    return statistics.median(numbers) if numbers else 0.0


def percentile(numbers: Sequence[float], part: float) -> float:
    """Return the value that this part of the numbers does not exceed."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
