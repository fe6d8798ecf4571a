"""The home of what a link may be called and how many there may be."""

import re
from collections.abc import Sequence

from domain.entities.partner import (
    CODE_LENGTH_MAX,
    CODE_LENGTH_MIN,
    LABEL_LENGTH_MAX,
    LINKS_EVER_MAX,
    LINKS_MAX,
    Enrolment,
    EnrolmentStatus,
    Link,
)
from domain.errors import DomainError

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{2,30})[a-z0-9]", re.ASCII)


class BadLinkLabel(DomainError):
    """The text cannot be the name of a link."""

    code = "bad_link_label"


class BadLinkCode(DomainError):
    """The text cannot be the code of a link."""

    code = "bad_link_code"


class LinkCodeTaken(DomainError):
    """Some partner's link has this code already."""

    code = "link_code_taken"


class LinkLabelTaken(DomainError):
    """Another link of the partner has this name."""

    code = "link_label_taken"


class TooManyLinks(DomainError):
    """The partner has as many links as it may."""

    code = "too_many_links"


class LinksSuspended(DomainError):
    """A suspended partner makes no links."""

    code = "links_suspended"


def read_label(text: str) -> str:
    """Return the name of a link as it is kept, on one line.

    Raises:
        BadLinkLabel: empty, too long, or with signs that do not print.
    """
    label = " ".join(text.split())
    if not label or len(label) > LABEL_LENGTH_MAX or not label.isprintable():
        raise BadLinkLabel(limit=LABEL_LENGTH_MAX)
    return label


def read_code(text: str) -> str:
    """Return a code as it is kept: in lower case, for upper and lower are the same (R5).

    Raises:
        BadLinkCode: too short, too long, or with other signs than Latin letters, digits, - and _.
    """
    code = text.strip().lower()
    if not _CODE.fullmatch(code):
        raise BadLinkCode(least=CODE_LENGTH_MIN, most=CODE_LENGTH_MAX)
    return code


def check_may_change(enrolment: Enrolment) -> None:
    """Test if the partner may make and change links now.

    Raises:
        LinksSuspended: it does not take part now.
    """
    if enrolment.status is not EnrolmentStatus.ACTIVE:
        raise LinksSuspended


def check_room(links: Sequence[Link]) -> None:
    """Test if there is room for one more link in use.

    Raises:
        TooManyLinks: there is none.
    """
    in_use = [link for link in links if link.archived_at is None]
    if len(in_use) >= LINKS_MAX or len(links) >= LINKS_EVER_MAX:
        raise TooManyLinks(limit=LINKS_MAX, in_all=LINKS_EVER_MAX, has=len(in_use))


def same_label(links: Sequence[Link], label: str) -> Link | None:
    """Return the link in use with this name, if there is one."""
    folded = label.casefold()
    return next(
        (link for link in links if link.archived_at is None and link.label.casefold() == folded),
        None,
    )
