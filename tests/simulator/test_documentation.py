"""docs/simulator.md names tests and methods that exist."""

import re
from pathlib import Path

from bot.simulator import Simulator
from bot.simulator.botapi import methods

HERE = Path(__file__).parent
TEXT = (HERE.parents[1] / "docs" / "simulator.md").read_text(encoding="utf-8")


def test_every_named_test_exists() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    existing = set(re.findall(r"def (test_\w+)", written))
    assert set(re.findall(r"`(test_\w+)`", TEXT)) <= existing


def test_every_method_is_listed_on_the_right_side() -> None:
    before, after = TEXT.split("is not simulated`, never with a guess:")
    simulated = Simulator().api.simulated_methods
    everything = {method.name for method in methods().values()}
    listed = set(re.findall(r"`(\w+)`", after.split("There are no channels", maxsplit=1)[0]))
    assert listed == everything - simulated
    head = before.split("## What it simulates", maxsplit=1)[1]
    assert set(re.findall(r"`([a-z]\w+)`", head)) >= simulated
