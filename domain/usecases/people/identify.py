"""The home of telling who speaks."""

from dataclasses import dataclass, replace

from domain.entities.people import Caller, Person
from domain.programs.model import LANGUAGES
from domain.rights import StaffRole
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPerson:
    """A person as Telegram shows it with an update.

    Attributes:
        id: Telegram user id.
        name: First and last name; hostile text.
        username: Without @, or ``None``.
        language_code: Of the person's app, or ``None``.
    """

    id: int
    name: str
    username: str | None
    language_code: str | None


class IdentifyCaller:
    """Tell who stands behind an update.

    - A known person is read in one query, with its roles as they are now.
    - A new person is kept with the language of its app, or the default one.
    - A changed name is kept too.
    """

    def __init__(self, around: Surroundings, default_language: str) -> None:
        """Work in these surroundings."""
        self._around = around
        self._default = default_language

    async def __call__(self, seen: SeenPerson, *, in_admin_chat: bool) -> Caller:
        """Return the caller."""
        async with self._around.open_work.read() as work:
            known = await work.people.caller(seen.id)
        language = known.person.language if known else self._language(seen.language_code)
        person = Person(
            id=seen.id,
            language=language,
            name=seen.name,
            username=seen.username,
            zone=known.person.zone if known else None,
        )
        if known is None or known.person != person:
            async with self._around.open_work(books=False) as work:
                await work.people.keep(person, at=self._around.clock())
                await work.commit()
        caller = replace(known, person=person) if known else Caller(person=person)
        role = StaffRole.OWNER if seen.id in self._around.owners else caller.staff_role
        return replace(caller, staff_role=role, in_admin_chat=in_admin_chat)

    def _language(self, code: str | None) -> str:
        short = (code or "").partition("-")[0].lower()
        return short if short in LANGUAGES else self._default
