"""The home of inline queries: what people typed after the bot's name, what they were offered."""

from dataclasses import dataclass, field

from bot.simulator.wire import Json

Key = tuple[int | None, str, str]
"""Whom an answer is for (``None``: everybody), what was typed, and from where on."""


@dataclass(slots=True, kw_only=True)
class InlineAnswer:
    """What the bot offered.

    Attributes:
        results: As the bot sent them, in order; messages are parsed already.
        button: Over the results, or ``None``.
        is_personal: Only for who asked.
        next_offset: Where more of them begin; "" for nowhere.
        good_until: Until then the same question is answered without the bot.
    """

    results: list[Json] = field(default_factory=list)
    button: Json | None = None
    is_personal: bool = False
    next_offset: str = ""
    good_until: float = 0.0

    def view(self) -> Json:
        """Show what a list of results shows."""
        names = ("type", "id", "title", "description", "thumbnail_url")
        return {
            "results": [{name: one.get(name) for name in names} for one in self.results],
            "button": self.button,
            "is_personal": self.is_personal,
            "next_offset": self.next_offset,
        }


@dataclass(slots=True, kw_only=True)
class InlineAsk:
    """One question to the bot; ``answer`` comes later, or from an earlier one."""

    id: str
    person_id: int
    query: str
    offset: str
    answer: InlineAnswer | None = None

    def view(self) -> Json:
        """Show the question with its answer."""
        shown = self.answer.view() if self.answer else {}
        return {"inline_query_id": self.id, "answered": self.answer is not None, **shown}


class InlineAsks:
    """Every question, and the answers that may be given again."""

    def __init__(self) -> None:
        """Start with none."""
        self._by_id: dict[str, InlineAsk] = {}
        self._answers: dict[Key, InlineAnswer] = {}

    def keep(self, ask: InlineAsk) -> InlineAsk:
        """Note a question."""
        self._by_id[ask.id] = ask
        return ask

    def find(self, query_id: str) -> InlineAsk | None:
        """Find a question."""
        return self._by_id.get(query_id)

    def answered(self, query_id: str, answer: InlineAnswer) -> None:
        """Note the answer to a question; one that came as a raw update has no list to fill."""
        ask = self._by_id.get(query_id)
        if ask is not None:
            ask.answer = answer
            whose = ask.person_id if answer.is_personal else None
            self._answers[whose, ask.query, ask.offset] = answer

    def known(self, person_id: int, query: str, offset: str, *, now: float) -> InlineAnswer | None:
        """Find an answer that Telegram would give without asking the bot."""
        for whose in (person_id, None):
            answer = self._answers.get((whose, query, offset))
            if answer is not None and now < answer.good_until:
                return answer
        return None
