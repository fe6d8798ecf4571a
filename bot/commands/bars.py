"""The home of bars of progress on a terminal; elsewhere nothing is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

OnDone = Callable[[int, int], None]
"""Is told how much of how much is done."""


@contextmanager
def bars(*titles: str) -> Iterator[list[OnDone]]:
    """Show a bar for each title as soon as something of it is done."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as progress:

        def shown(title: str) -> OnDone:
            task = progress.add_task(title, total=None, visible=False)
            return lambda done, whole: progress.update(
                task, completed=done, total=whole, visible=True
            )

        yield [shown(title) for title in titles]


@contextmanager
def bar(title: str) -> Iterator[OnDone]:
    """Show one bar."""
    with bars(title) as (only,):
        yield only
