"""The home of the rules of inviting clients by e-mail: how often, to whom, and what is typed."""

from collections.abc import Sequence
from datetime import datetime

from domain.contacts import normal_phone
from domain.entities.client_invitation import CLIENT_INVITATIONS_PER_DAY, CLIENT_NAME_MAX, DAY
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.errors import DomainError
from domain.rules.emails import read_email

PHONE_DIGITS = (8, 15)


class NoMailServer(DomainError):
    """No e-mail can be sent: no mail server is configured."""

    code = "no_mail_server"


class InviterNotActive(DomainError):
    """The partner does not take part now, so it invites nobody."""

    code = "inviter_not_active"


class BadInvitee(DomainError):
    """The text is not an address with a name behind it."""

    code = "bad_invitee"


class TooManyInvitations(DomainError):
    """The partner has invited enough for 24 hours."""

    code = "too_many_invitations"


class AlreadyInvited(DomainError):
    """The partner's own invitation to this address is still open."""

    code = "already_invited"


class AddressRefuses(DomainError):
    """The reader of this address wants no invitations."""

    code = "address_refuses"


class ClientInvitationVoid(DomainError):
    """The invitation is unknown, used, taken back or late, or its partner does not take part."""

    code = "client_invitation_void"


class BadOwnContact(DomainError):
    """The name or the phone number that a client typed cannot be one."""

    code = "bad_own_contact"


def read_invitee(text: str) -> tuple[str, str]:
    """Return the address and the name that a partner typed, such as ``a@example.com Ann``.

    Raises:
        BadInvitee: it does not begin with one address, or the name is too long.
    """
    first, _, rest = text.strip().partition(" ")
    address, name = read_email(first.strip(",;<>")), " ".join(rest.split())
    is_name = len(name) <= CLIENT_NAME_MAX and name.isprintable() and "@" not in name
    if address is None or not is_name:
        raise BadInvitee
    return address, name


def check_pace(sent: Sequence[datetime]) -> None:
    """Test that one more may be sent; ``sent`` are the instants of the last 24 hours, in order.

    Raises:
        TooManyInvitations: enough was sent; the facts say when it is possible again.
    """
    if len(sent) >= CLIENT_INVITATIONS_PER_DAY:
        at = sent[-CLIENT_INVITATIONS_PER_DAY] + DAY
        raise TooManyInvitations(limit=CLIENT_INVITATIONS_PER_DAY, possible_at=at)


def check_inviter(enrolment: Enrolment) -> None:
    """Test that the partner takes part.

    Raises:
        InviterNotActive: it is suspended or has left.
    """
    if enrolment.status is not EnrolmentStatus.ACTIVE:
        raise InviterNotActive


def read_contact(name: str, phone: str) -> tuple[str, str]:
    """Return the name and the phone number that a client typed about itself.

    Raises:
        BadOwnContact: the facts say which of them is wrong.
    """
    bare, digits = " ".join(name.split()), normal_phone(phone)
    least, most = PHONE_DIGITS
    if not bare or len(bare) > CLIENT_NAME_MAX or not bare.isprintable():
        raise BadOwnContact(field="name")
    if not least <= len(digits) <= most:
        raise BadOwnContact(field="phone")
    return bare, f"+{digits}"
