"""The home of choosing a language."""

from dataclasses import replace

from domain.entities.people import Caller
from domain.programs.model import LANGUAGES
from domain.surroundings import Surroundings


class ChooseLanguage:
    """Keep the language in which the person reads from now on, notices included."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, language: str) -> Caller:
        """Return the caller with the new language; an unknown one changes nothing."""
        if language not in LANGUAGES:
            return caller
        person = replace(caller.person, language=language)
        async with self._around.open_work(books=False) as work:
            await work.people.keep(person, at=self._around.clock())
            await work.commit()
        return replace(caller, person=person)
