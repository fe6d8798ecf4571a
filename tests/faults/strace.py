"""Faults in calls of the system, put into a running process by strace."""

import asyncio
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.process import GUARD_SECONDS, until

CALLS = "pwrite64,fdatasync,sendto"
"""By which SQLite writes and syncs, and by which anything is said over a socket."""
_CALL = re.compile(r"^(\d+) +(\w+)\(", re.MULTILINE)


@dataclass
class Traced:
    """A process under strace.

    Attributes:
        log: What strace has written.
    """

    log: Path

    @property
    def injected(self) -> int:
        """Return how many calls were struck."""
        return self.log.read_text(errors="replace").count("(INJECTED)")

    def counts(self) -> dict[str, int]:
        """Return how often each call was made, by the thread that made it most."""
        found = _CALL.findall(self.log.read_text(errors="replace"))
        most: Counter[str] = Counter()
        for (_, call), number in Counter(found).items():
            most[call] = max(most[call], number)
        return dict(most)


@asynccontextmanager
async def traced(
    pid: int, log: Path, inject: str = "", *, trace: str = CALLS, whole: bool = False
) -> AsyncIterator[Traced]:
    """Trace a process inside the block, and let calls of it fail.

    Args:
        pid: With all of its threads.
        log: Where strace writes.
        inject: As ``strace -e inject=`` has it: ``fdatasync:error=EIO:when=2``.
        trace: The calls that are written down.
        whole: Write down what was written, to which file and when, too.
    """
    shown = ["-ttt", "-y", "-xx", "-s", "200000"] if whole else ["-s", "0"]
    arguments = ["-f", "-qq", *shown, "-o", str(log), "-e", f"trace={trace}"]
    if inject:
        arguments += ["-e", f"inject={inject}"]
    strace = await asyncio.create_subprocess_exec("strace", *arguments, "-p", str(pid))

    async def is_attached() -> bool:
        # A process that was at work already may have been struck before one could look.
        return _is_gone(pid) or _tracers(pid) == {strace.pid}

    try:
        await until(is_attached, within_seconds=GUARD_SECONDS, every_seconds=0.005)
        yield Traced(log)
    finally:
        if strace.returncode is None:
            strace.send_signal(signal.SIGINT)
        await strace.wait()


def _tracers(pid: int) -> set[int]:
    """Return who traces the threads of a process; 0 is nobody, or a thread that has ended."""
    try:
        tasks = [(task / "status").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except (FileNotFoundError, ProcessLookupError):
        return {0}
    return {int(number) for task in tasks for number in re.findall(r"TracerPid:\t(\d+)", task)}


def _is_gone(pid: int) -> bool:
    """Test if a process is no more, or waits for its parent to hear of it."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return status.rpartition(")")[2].split()[0] in {"Z", "X"}
