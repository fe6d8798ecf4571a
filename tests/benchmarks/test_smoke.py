"""The benchmarks lose and double nothing; how fast they are is no matter of a test."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks import events, redirect
from tests.benchmarks.run import Run
from tests.benchmarks.stub import open_stub
from tests.benchmarks.world import opened


async def test_what_is_measured_is_kept_once(tmp_path: Path) -> None:
    async with open_stub() as stub:
        with opened(tmp_path, stub.url) as (shop, databases):
            run = Run(
                shop=shop,
                databases=databases,
                stub=stub,
                rounds=1,
                levels=(8,),
                size=0.01,
                kinds=("sqlite",),
            )
            await redirect.measure(run)
            await events.measure(run)
    assert (run.report.faults, run.report.broken) == ([], [])
    assert len(run.report.rows) == 2


def test_what_make_leaves_empty_is_as_if_it_were_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bench"])
    said = command.arguments()
    for name in ("ONLY", "SCALE", "ROWS", "NOTICES", "UPDATES", "ROUNDS", "N", "AT_ONCE", "KINDS"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("JSON", "")
    assert command.arguments() == said
    assert said.json == Path("bench.json")
