"""docs/reliability.md answers every fault and invariant, by tests and scenarios that exist."""

import re
from pathlib import Path

from tests.faults.scenarios.everything import SCENARIOS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
INVARIANTS = {"L": 12, "E": 12, "R": 12, "T": 5, "P": 14, "M": 7, "J": 6}


def test_every_named_test_and_scenario_exists() -> None:
    written = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    tests = {name for content in written for name in re.findall(r"def (test_\w+)", content)}
    assert set(re.findall(r"`(test_\w+)`", TEXT)) <= tests
    named = set(re.findall(r"scenario `([^`]+)`", TEXT))
    assert named <= {scenario.name for scenario in SCENARIOS}


def test_every_scenario_is_named() -> None:
    assert {one.name for one in SCENARIOS} <= set(re.findall(r"scenario `([^`]+)`", TEXT))


def test_every_fault_and_invariant_is_answered() -> None:
    answered = re.findall(
        r"^\| ((?:[A-Z]\d\d)(?:, [A-Z]\d\d)*) \| .+ \| .*`.+`.* \|$", TEXT, re.MULTILINE
    )
    numbers = [number for cell in answered for number in cell.split(", ")]
    expected = [f"F{number:02}" for number in range(1, 71)]
    for letter, last in INVARIANTS.items():
        expected += [f"{letter}{number:02}" for number in range(1, last + 1)]
    assert sorted(numbers) == sorted([*expected, "Z18", "Z19", "Z20"])
