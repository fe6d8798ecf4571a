"""A shell for our examples: the machine's tools, and stand-ins for those that it lacks."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

STAND_INS = Path(__file__).parent / "tools"


async def run_shell(script: str, folder: Path, *, only_stand_ins: bool = False) -> str:
    """Run a script and return what it printed.

    Args:
        script: For bash.
        folder: Where it runs.
        only_stand_ins: Prefer ours to the machine's own tools.
    """
    python, machine = str(Path(sys.executable).parent), os.environ["PATH"]
    order = (
        (str(STAND_INS), python, machine) if only_stand_ins else (machine, python, str(STAND_INS))
    )
    done = await asyncio.to_thread(
        subprocess.run,
        ["bash", "-ec", script],
        cwd=folder,
        env=os.environ | {"PATH": os.pathsep.join(order)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
