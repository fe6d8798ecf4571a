"""The home of e-mail addresses that people type: one bare address, or none."""

import re
from typing import Final

from domain.entities.mail import ADDRESS_LENGTH_MAX

_LOCAL_MAX: Final = 64
_ADDRESS: Final = re.compile(
    r"(?P<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@(?P<domain>[^@\s,;<>\"()\[\]\\]{3,253})"
)
_LABEL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def read_email(text: str) -> str | None:
    """Return the address that a text is, its domain in ASCII; ``None`` for anything else.

    A text with a line end, a second address or a name around it is no address: nothing that
    could become a header of its own passes here.
    """
    found = _ADDRESS.fullmatch(text.strip(" \t"))
    if found is None or len(found["local"]) > _LOCAL_MAX:
        return None
    try:
        domain = found["domain"].encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = domain.split(".")
    is_domain = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    address = f"{found['local']}@{domain}"
    if not is_domain or labels[-1].isdigit() or len(address) > ADDRESS_LENGTH_MAX:
        return None
    return address
