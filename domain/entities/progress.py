"""The home of progress: how far an application is, field by field and paper by paper."""

from dataclasses import dataclass
from enum import StrEnum

from domain.entities.questionnaire import FieldKind, PaperKind


class ItemState(StrEnum):
    """How a field or a paper of the form stands."""

    MISSING = "missing"
    DONE = "done"
    WRONG = "wrong"
    REFUSED = "refused"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One field or paper of the form.

    Attributes:
        key: Which one.
        is_required: It must be there to send the application.
        state: How it stands.
        problem: Code of what is wrong where the state is ``wrong``, else "".
    """

    key: FieldKind | PaperKind
    is_required: bool
    state: ItemState
    problem: str = ""

    @property
    def is_settled(self) -> bool:
        """Test if nothing needs to be done about it."""
        if self.state is ItemState.MISSING:
            return not self.is_required
        return self.state in (ItemState.DONE, ItemState.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an application is.

    Attributes:
        fields: What is asked, in order.
        papers: Which papers are asked, in order.
    """

    fields: tuple[Item, ...] = ()
    papers: tuple[Item, ...] = ()

    @property
    def needed(self) -> tuple[Item, ...]:
        """What counts for "4 of 7": everything required, and what needs correction."""
        every = (*self.fields, *self.papers)
        return tuple(item for item in every if item.is_required or not item.is_settled)

    @property
    def done(self) -> int:
        """How much of what counts is settled."""
        return sum(item.is_settled for item in self.needed)

    @property
    def open_items(self) -> tuple[Item, ...]:
        """What is still to do before it can be sent."""
        return tuple(item for item in self.needed if not item.is_settled)

    @property
    def refused(self) -> tuple[Item, ...]:
        """What staff refused and nobody has corrected yet."""
        every = (*self.fields, *self.papers)
        return tuple(item for item in every if item.state is ItemState.REFUSED)

    @property
    def are_scans_accepted(self) -> bool:
        """Test if every paper that was handed in is accepted, and no required one is missing."""
        return bool(self.papers) and all(
            item.state is ItemState.ACCEPTED
            or (item.state is ItemState.MISSING and not item.is_required)
            for item in self.papers
        )
