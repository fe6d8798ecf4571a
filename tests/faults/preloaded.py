"""A Python that has imported the product, and makes processes of it at once.

Starting ``python -m bot`` takes seconds, nearly all of them imports, and the tests of faults start
it many times. This program imports everything once and then forks: each child is a process and a
session of its own, with the arguments, folder, environment and files that it is given, and runs
``bot/__main__.py`` as ``python -m bot`` does.

A request is a line of JSON on the standard input, the answer a line with the pid. When a child has
ended, its exit code (minus the signal that ended it) is in the file that the request names. At the
end of the input every child is killed.
"""

import gc
import json
import os
import random
import runpy
import select
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from aiogram.types import Message, Update, User

import bot.cli
import bot.clock
import bot.commands.check
import bot.commands.init
import bot.commands.maintenance
import bot.commands.send_event
import bot.run
import bot.scheduler
from bot.telegram import answer_type
from domain.programs.model import LANGUAGES
from handlers.ui.language import Language
from tests.faults.process import HURRY, SKEW

REAP_SECONDS = 0.01
Children = dict[int, Path]


def main() -> None:
    _warm_up()
    # What is imported stays: no child need look through it for garbage, nor copy its pages.
    gc.freeze()
    children: Children = {}
    buffer = b""
    while True:
        _reap(children)
        readable, _, _ = select.select([0], [], [], REAP_SECONDS if children else None)
        if not readable:
            continue
        read = os.read(0, 1 << 16)
        if not read:
            break
        *lines, buffer = (buffer + read).split(b"\n")
        for line in lines:
            if _start(json.loads(line), children):
                return
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    while children:
        _reap(children)


def _warm_up() -> None:
    """Make what each child would make first: catalogues, and models of Telegram's answers."""
    for code in LANGUAGES:
        Language(code, UTC).say("Menu")
    for returned in (User, Message, bool, Message | bool, list[Update]):
        answer_type(returned)
    # `check` reads all of the code for its texts, which are the same for every child.
    found = tuple(bot.commands.check.catalogue_problems())
    bot.commands.check.catalogue_problems = lambda: iter(found)


def _start(request: dict[str, Any], children: Children) -> bool:
    """Fork; return ``True`` in the child, once the product has ended."""
    pid = os.fork()
    if pid:
        children[pid] = Path(request["exit_file"])
        os.write(1, f"{pid}\n".encode())
        return False
    children.clear()
    _become(request)
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
    return True


def _become(request: dict[str, Any]) -> None:
    os.setsid()
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environ"])
    given = os.open(request["input_file"], os.O_RDONLY)
    output = os.open(request["output_file"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number, file in ((0, given), (1, output), (2, output)):
        os.dup2(file, number)
    os.close(given)
    os.close(output)
    # A fork has its parent's state of the generator: no two processes may draw the same.
    random.seed()
    sys.argv = ["bot", *request["arguments"]]
    if SKEW in os.environ:
        _skew_clock(timedelta(seconds=int(os.environ.pop(SKEW))))
    if HURRY in os.environ:
        _hurry_jobs(os.environ.pop(HURRY).split())


def _hurry_jobs(names: Sequence[str]) -> None:
    """Let these jobs ring every second, instead of every few minutes."""
    every = bot.scheduler._every

    def sooner(scheduler: Any, job: Any, **interval: int) -> None:  # noqa: ANN401
        every(scheduler, job, **({"seconds": 1} if job.__name__ in names else interval))

    vars(bot.scheduler)["_every"] = sooner


def _skew_clock(by: timedelta) -> None:
    """Let the product's only clock be wrong, whoever holds it and since whenever."""

    class Wrong:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return datetime.now(zone) + by

    vars(bot.clock)["datetime"] = Wrong


def _reap(children: Children) -> None:
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            exit_file = children.pop(pid)
            # Whoever ended the test may have removed the folder.
            with suppress(FileNotFoundError):
                written = exit_file.with_suffix(".written")
                written.write_text(str(os.waitstatus_to_exitcode(status)))
                written.rename(exit_file)


if __name__ == "__main__":
    main()
