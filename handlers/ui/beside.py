"""The home of work beside the answer: a handler ends, and something longer goes on."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

Beside: TypeAlias = Callable[[Coroutine[Any, Any, Any], str], None]
"""Runs work, under a name for the log, after the handler has answered.

The person's next message waits for the handler and not for this. At a stop of the process the
work has a while to end and is then cancelled; whatever must not be lost belongs into the outbox.
"""
