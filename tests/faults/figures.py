"""Random choices that can be repeated, and the figures of a run."""

import os
import random
import sys


def say(line: str) -> None:
    """Print a line; pytest shows it with ``-s`` and under a failed test."""
    sys.stdout.write(f"\n{line}\n")


def seeded(name: str) -> random.Random:
    """Return random choices whose seed is printed; ``SEED=N`` in the environment repeats them."""
    seed = os.environ.get("SEED") or str(random.SystemRandom().randrange(10**6))
    say(f"{name}: SEED={seed}")
    return random.Random(f"{name} {seed}")  # noqa: S311 - nothing secret
