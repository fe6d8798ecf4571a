"""The home of people: who may stand behind an update."""

from dataclasses import dataclass
from datetime import datetime

from domain.rights import MemberRole, StaffRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who has spoken to the bot.

    Attributes:
        id: Telegram user id.
        language: One of the four languages.
        name: As Telegram shows it; hostile text.
        username: Without @; ``None`` when there is none.
        zone: Name of the time zone it chose, ``None`` for the configured one.
    """

    id: int
    language: str
    name: str
    username: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A person's place in a partner, with the program it works in now.

    Attributes:
        partner_id: The partner.
        role: What the person may do there.
        program: Key of the program it chose, else of the partner's oldest one; ``None`` where
            that is not known.
        enrolments: How many the person can switch between, in all its partners.
    """

    partner_id: int
    role: MemberRole
    program: str | None = None
    enrolments: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEnrolment:
    """One enrolment of a partner that a person belongs to.

    Attributes:
        id: Id of the enrolment.
        partner_id: The partner.
        partner_name: Hostile text.
        program: Key of the program.
        role: What the person may do there.
        has_left: The partner left the program by itself.
    """

    id: int
    partner_id: int
    partner_name: str
    program: str
    role: MemberRole
    has_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who stands behind the current update, read anew for each one.

    Attributes:
        person: The person, known or just seen.
        staff_role: Role in the staff; it holds in the admin chat only.
        membership: The partner the person belongs to, or ``None``.
        client_id: The client the person is, or ``None``.
        in_admin_chat: The update comes from the admin chat.
    """

    person: Person
    staff_role: StaffRole | None = None
    membership: Membership | None = None
    client_id: int | None = None
    in_admin_chat: bool = False

    @property
    def is_partner_admin(self) -> bool:
        """Test if the person is an admin of its partner."""
        return self.membership is not None and self.membership.role is MemberRole.ADMIN


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A member of the staff.

    Attributes:
        person_id: Telegram user id.
        role: What the person may do.
        name: As Telegram shows it.
        joined_at: When the role was given; ``None`` for owners of the config.
    """

    person_id: int
    role: StaffRole
    name: str
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time invitation into the staff.

    Attributes:
        token_hash: SHA-256 of the token; the token itself is not kept.
        role: The role that it gives.
        created_by: Who invited.
        expires_at: The first instant at which it is void.
        used_by: Who used it, or ``None``.
    """

    token_hash: str
    role: StaffRole
    created_by: int
    expires_at: datetime
    used_by: int | None = None
