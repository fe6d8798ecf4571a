"""The home of what an audit reports."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference between two ways to the same figure.

    Attributes:
        check: Name of the rule that does not hold, such as ``account_balance``.
        subject: What it does not hold for, such as ``account 17``.
        expected: What the second path says.
        found: What is kept.
    """

    check: str
    subject: str
    expected: str
    found: str


FINDINGS_OF_A_CHECK_MAX = 100
"""A check reports no more than these: books that wrong are not mended one by one."""


class Findings:
    """Findings as they come, no more of each check than ``FINDINGS_OF_A_CHECK_MAX``."""

    def __init__(self) -> None:
        """Start with none."""
        self.kept: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def add(self, findings: Iterable[Finding]) -> None:
        """Keep findings."""
        for finding in findings:
            self._counts[finding.check] += 1
            if self._counts[finding.check] <= FINDINGS_OF_A_CHECK_MAX:
                self.kept.append(finding)
