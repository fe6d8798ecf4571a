"""The home of what use cases are given: the doors to the outside and the programs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo
from decimal import Decimal

from domain.ports.clock import Aside, Clock, NewId, at_once
from domain.ports.papers import PaperFiles
from domain.ports.tokens import ClickTokens
from domain.ports.work import OpenWork
from domain.programs.model import Programs


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Everything that a use case may need.

    Attributes:
        open_work: Opens transactions.
        clock: Tells the time.
        new_id: Makes ids.
        programs: The active programs.
        zone: Time zone of statistics and statements.
        tokens: Reads and writes the redirect's signed tokens.
        owners: Telegram ids of the owners named in the config.
        outages: Exceptions which mean that the database is away for now; others are defects.
        note_defect: Writes down an unexpected exception under the reference that people get.
        second_person_above: Pay-outs above this many major units of the program's currency need
            two people; ``None`` means never.
        aside: Runs what takes its time, such as judging a large file.
        paper_files: Keeps the encrypted bytes of papers; ``None`` where there is no folder.
        retention_days: How long papers are kept after their owner ended.
        mask_clients: Members of partners see clients with masked names and contacts.
    """

    open_work: OpenWork
    clock: Clock
    new_id: NewId
    programs: Programs
    zone: tzinfo
    tokens: ClickTokens
    owners: frozenset[int] = frozenset()
    second_person_above: Decimal | None = None
    mask_clients: bool = False
    aside: Aside = at_once
    paper_files: PaperFiles | None = None
    retention_days: int = 1095
    outages: tuple[type[Exception], ...] = (OSError, TimeoutError)
    note_defect: Callable[[str, Exception], None] = field(default=lambda _reference, _error: None)
