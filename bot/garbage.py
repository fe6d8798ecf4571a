"""The home of the search for garbage: what lives as long as the process is left out of it."""

import gc

GC_THRESHOLDS = (20_000, 20, 50)


def spare_the_collector() -> None:
    """Leave what was imported out of every search for garbage, and search less often.

    Nearly all objects of the process are classes, models and routes that live as long as it does;
    a full search through them takes as long as a dozen updates. The thresholds are those at which
    memory stays where it was.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
