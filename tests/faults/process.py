"""Processes of the product: started, killed, stopped, and all of them ended after the test."""

import asyncio
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeVar

ROOT = Path(__file__).parents[2]
T = TypeVar("T")
POLL_SECONDS = 0.01
GUARD_SECONDS = 120.0
"""Guards against hanging, on however slow a machine: what was done decides, not how soon."""
START_SECONDS = 180.0
STOP_SECONDS = 25.0
"""How long the product may take to stop after SIGTERM."""
_LISTENING = re.compile(r"HTTP on 127\.0\.0\.1:(\d+)")
_READY = "ready as @"
SKEW = "CLOCK_SKEW_SECONDS"
"""The variable that tells a forked process how wrong its clock is."""
HURRY = "JOBS_EVERY_SECOND"
"""The variable that names jobs that ring every second in a forked process."""


async def until(
    test: Callable[[], Awaitable[object]], *, within_seconds: float, every_seconds: float = 0.1
) -> None:
    """Wait until the test gives something true.

    Raises:
        AssertionError: not in time.
    """
    deadline = time.monotonic() + within_seconds
    while not await test():
        assert time.monotonic() < deadline, f"not within {within_seconds} s"
        await asyncio.sleep(every_seconds)


async def in_waves(works: Sequence[Awaitable[T]], *, size: int = 50) -> list[T]:
    """Do works side by side, so many at a time, and return what each gave."""
    done: list[T] = []
    for start in range(0, len(works), size):
        done += await asyncio.gather(*works[start : start + size])
    return done


def clean_environ(more: Mapping[str, str]) -> dict[str, str]:
    """Return this environment without the product's own variables, and with some more."""
    own = {name: value for name, value in os.environ.items() if "PARTNER_BOT" not in name}
    return own | {"PYTHONPATH": str(ROOT)} | dict(more)


class Preloaded:
    """The program that has imported the product and forks it; see ``preloaded.py``."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.preloaded"],
            cwd=ROOT,
            env=clean_environ({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def fork(self, request: Mapping[str, object]) -> int:
        """Start a process and return its id."""
        self._pipe(self._process.stdin).write(json.dumps(request).encode() + b"\n")
        self._pipe(self._process.stdin).flush()
        return int(self._pipe(self._process.stdout).readline())

    def close(self) -> None:
        """End it with all of its children."""
        self._pipe(self._process.stdin).close()
        self._process.wait(timeout=GUARD_SECONDS)
        self._pipe(self._process.stdout).close()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


@dataclass
class Process:
    """One process of the product.

    Attributes:
        pid: Its id.
        output_file: What it printed, errors and log included.
        poll: Returns the exit code, ``None`` while it runs.
    """

    pid: int
    output_file: Path
    poll: Callable[[], int | None]

    @property
    def output(self) -> str:
        """Return what it has printed so far."""
        try:
            return self.output_file.read_text(errors="replace")
        except FileNotFoundError:
            return ""

    def sends(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def kill(self) -> None:
        """Kill it as ``kill -9`` does, and wait until the system has buried it."""
        self.sends(signal.SIGKILL)
        await self.ended(within_seconds=GUARD_SECONDS)

    async def stop(self) -> int:
        """Ask it to stop and return its exit code."""
        self.sends(signal.SIGTERM)
        return await self.ended(within_seconds=GUARD_SECONDS)

    async def ended(self, *, within_seconds: float = START_SECONDS) -> int:
        """Wait for its end and return the exit code: minus the signal, if one ended it."""
        deadline = time.monotonic() + within_seconds
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"still running after {within_seconds} s:\n{self.output}")
            await asyncio.sleep(POLL_SECONDS)
        return code

    async def listens(self) -> str:
        """Wait until it serves HTTP and return its address."""
        found = await self._prints(_LISTENING.search)
        return f"http://127.0.0.1:{found[1]}"

    async def ready(self) -> str:
        """Wait until it has met Telegram too and return its address."""
        await self._prints(lambda output: re.search(_READY, output))
        return await self.listens()

    async def _prints(self, find: Callable[[str], re.Match[str] | None]) -> re.Match[str]:
        deadline = time.monotonic() + START_SECONDS
        while (found := find(self.output)) is None:
            code = self.poll()
            if code is not None or time.monotonic() > deadline:
                raise AssertionError(f"not started, exit code {code}:\n{self.output}")
            await asyncio.sleep(POLL_SECONDS)
        return found


@dataclass
class Processes:
    """Starts processes of the product in one folder, and ends every one of them.

    Attributes:
        preloaded: What forks them; without it each is a fresh ``python -m bot``.
        folder: Where they run and their output is kept.
        environ: Variables that each of them has.
    """

    preloaded: Preloaded
    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    _started: list[Process] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def start(
        self,
        *arguments: str,
        environ: Mapping[str, str] | None = None,
        typed: str = "",
        fresh: bool = False,
    ) -> Process:
        """Start ``python -m bot ARGUMENTS``.

        Args:
            arguments: As typed in a shell.
            environ: Instead of the usual variables.
            typed: What its standard input says.
            fresh: Start a new Python for it, which takes seconds.
        """
        name = f"{next(self._numbers):03}-{arguments[0]}"
        output_file = self.folder / f"{name}.log"
        input_file = self.folder / f"{name}.input"
        input_file.write_text(typed)
        variables = clean_environ(self.environ if environ is None else environ)
        make = self._fresh if fresh else self._forked
        process = make(arguments, variables, input_file, output_file)
        self._started.append(process)
        return process

    def _forked(
        self,
        arguments: tuple[str, ...],
        environ: Mapping[str, str],
        input_file: Path,
        output_file: Path,
    ) -> Process:
        exit_file = output_file.with_suffix(".exit")
        request = {
            "arguments": arguments,
            "environ": environ,
            "folder": str(self.folder),
            "input_file": str(input_file),
            "output_file": str(output_file),
            "exit_file": str(exit_file),
        }
        pid = self.preloaded.fork(request)

        def poll() -> int | None:
            return int(exit_file.read_text()) if exit_file.exists() else None

        return Process(pid, output_file, poll)

    def _fresh(
        self,
        arguments: tuple[str, ...],
        environ: Mapping[str, str],
        input_file: Path,
        output_file: Path,
    ) -> Process:
        with input_file.open("rb") as given, output_file.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", *arguments],
                cwd=self.folder,
                env=environ,
                stdin=given,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        return Process(process.pid, output_file, process.poll)

    async def run(
        self,
        *arguments: str,
        environ: Mapping[str, str] | None = None,
        typed: str = "",
        fresh: bool = False,
    ) -> tuple[int, str]:
        """Run a command to its end and return its exit code and what it printed."""
        process = self.start(*arguments, environ=environ, typed=typed, fresh=fresh)
        code = await process.ended()
        return code, process.output

    def close(self) -> None:
        """Kill whatever still runs."""
        for process in self._started:
            process.sends(signal.SIGCONT)
            process.sends(signal.SIGKILL)


@contextmanager
def processes_in(
    folder: Path, preloaded: Preloaded, environ: Mapping[str, str]
) -> Iterator[Processes]:
    """Start processes inside the block; afterwards none is left, whatever has happened."""
    processes = Processes(preloaded, folder, environ)
    try:
        yield processes
    finally:
        processes.close()
