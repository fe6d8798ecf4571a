"""The home of how the interpreter is set for a process that serves."""

import gc
import sys

GC_THRESHOLDS = (20_000, 20, 50)
SWITCH_SECONDS = 0.001


def serve_steadily() -> None:
    """Let answers wait neither for the search for garbage nor for a thread that computes.

    - Nearly all objects of the process are classes, models and routes that live as long as it
      does; a full search through them takes as long as a dozen updates, so it leaves them out. The
      thresholds are those at which memory stays where it was.
    - A thread that draws a QR code keeps the interpreter for as long as it may. The loop of events
      lets go of it with each call of the system, some ten for an update, and waited five
      milliseconds to get it back.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
