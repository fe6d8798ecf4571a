"""The home of the people ports: persons, partners with members, staff, invitations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.partner import Enrolment, LegalForm, Link, Partner
from domain.entities.people import Caller, Invitation, OwnEnrolment, Person, StaffMember
from domain.rights import MemberRole, StaffRole


class People(Protocol):
    """Persons."""

    async def caller(self, person_id: int) -> Caller | None:
        """Return who stands behind a Telegram id, in one read; ``None`` for a stranger."""
        ...

    async def keep(self, person: Person, *, at: datetime) -> None:
        """Keep a person's name, user name and language."""
        ...

    async def get(self, person_id: int) -> Person | None:
        """Return a person."""
        ...

    async def by_ids(self, ids: Iterable[int]) -> Sequence[Person]:
        """Return those of these persons who are known."""
        ...

    async def own_enrolments(self, person_id: int) -> Sequence[OwnEnrolment]:
        """Return every enrolment of every partner that the person belongs to, oldest first."""
        ...

    async def choose_enrolment(self, person_id: int, partner_id: int, program: str) -> None:
        """Let the person work in this enrolment from now on."""
        ...

    async def set_blocked(self, person_id: int, at: datetime | None) -> None:
        """Keep that the person blocked the bot, or opened it again."""
        ...

    async def forget(self, person_id: int) -> None:
        """Delete what is kept of a person that is nothing here any more."""
        ...


class Partners(Protocol):
    """Partners, members, enrolments and links."""

    async def programs(self) -> set[str]:
        """Return the keys of programs that have partners."""
        ...

    async def add(self, partner: Partner) -> None:
        """Keep a new partner."""
        ...

    async def add_member(
        self, partner_id: int, person_id: int, role: MemberRole, at: datetime
    ) -> None:
        """Let a person belong to a partner."""
        ...

    async def add_enrolment(self, enrolment: Enrolment) -> None:
        """Keep a new enrolment."""
        ...

    async def add_link(self, link: Link, at: datetime) -> None:
        """Keep a new link."""
        ...

    async def links_of(self, enrolment_id: int) -> Sequence[Link]:
        """Return all links of an enrolment, its own first one in front, then the oldest first."""
        ...

    async def change_link(self, link: Link) -> None:
        """Keep another label, or that a link was put away or taken out again."""
        ...

    async def code_is_free(self, code: str) -> bool:
        """Test if no link has the code."""
        ...

    async def get(self, partner_id: int) -> Partner | None:
        """Return a partner."""
        ...

    async def set_vendor_account(self, partner_id: int, account_id: str) -> None:
        """Keep the partner's own account with the vendor (R30)."""
        ...

    async def set_legal_form(self, partner_id: int, form: LegalForm) -> None:
        """Keep what the partner is before the law (R21)."""
        ...

    async def set_dossier(self, partner_id: int, dossier_id: int) -> None:
        """Keep where the partner's papers are."""
        ...

    async def enrolments_of(self, partner_id: int) -> Sequence[Enrolment]:
        """Return the partner's enrolments, oldest first."""
        ...

    async def by_code(self, code: str) -> tuple[Partner, Enrolment] | None:
        """Return whose link has this code."""
        ...

    async def role_of(self, person_id: int, partner_id: int) -> MemberRole | None:
        """Return the person's role in the partner now."""
        ...


class StaffList(Protocol):
    """Staff and invitations."""

    async def role_of(self, person_id: int) -> StaffRole | None:
        """Return the person's role now; owners of the config are not kept here."""
        ...

    async def all(self) -> Sequence[StaffMember]:
        """Return the active staff."""
        ...

    async def put(self, person_id: int, role: StaffRole, *, invited_by: int, at: datetime) -> None:
        """Give a role."""
        ...

    async def remove(self, person_id: int, *, at: datetime) -> bool:
        """End a role; ``False`` when there was none."""
        ...

    async def invite(self, invitation: Invitation, at: datetime) -> None:
        """Keep an invitation."""
        ...

    async def invitation(self, token_hash: str) -> Invitation | None:
        """Return an invitation, locked for use."""
        ...

    async def use(self, token_hash: str, person_id: int, at: datetime) -> None:
        """Mark an invitation as used."""
        ...
