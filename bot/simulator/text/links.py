"""The home of what Telegram takes for a link."""

import ipaddress
import re

_USER_LINK = re.compile(r"^tg:(?://)?user\?id=(\d+)", re.IGNORECASE)
_EMOJI_LINK = re.compile(r"^tg:(?://)?emoji\?id=(\d+)", re.IGNORECASE)
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_BARE_SCHEME = re.compile(r"^(mailto|tel|javascript|sms|data|file):", re.IGNORECASE)
_PORT_MAX = 65_535


class WrongLinkError(Exception):
    """A link that Telegram refuses; the text is its reason."""


class PrivateLinkError(Exception):
    """A well-formed link to a place that only this machine or network can see."""


def user_of_link(link: str) -> int | None:
    """Read the user id of a ``tg://user?id=`` link."""
    found = _USER_LINK.match(link)
    return int(found.group(1)) if found else None


def emoji_of_link(link: str) -> str | None:
    """Read the custom emoji id of a ``tg://emoji?id=`` link."""
    found = _EMOJI_LINK.match(link)
    return found.group(1) if found else None


def checked_link(link: str) -> str:
    """Normalise a link for a text; a bad one becomes the empty string, without an error."""
    try:
        return check_link(link)
    except WrongLinkError:
        return ""


def check_link(link: str) -> str:
    """Normalise a link.

    Raises:
        WrongLinkError: The scheme, the host or the port will not do.
    """
    link = link.strip()
    lowered = link.lower()
    if lowered.startswith(("tg:", "ton:", "tonsite:")):
        scheme, rest = link.split(":", 1)
        rest = rest.removeprefix("//")
        if not re.match(r"^[\w-]+([/?#].*)?$", rest):
            raise WrongLinkError(f"Wrong {scheme.lower()} URL")
        return f"{scheme.lower()}://{rest}"
    scheme, rest = _split_scheme(link)
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    tail = rest[len(authority) :]
    host = _host_of(authority)
    if "." not in host and not host.startswith("["):
        raise WrongLinkError("Wrong HTTP URL")
    if not tail.startswith("/"):
        tail = "/" + tail
    return f"{scheme}://{authority.lower()}{_encoded(tail)}"


def check_public_link(link: str) -> str:
    """Normalise a link that other people must be able to open.

    Raises:
        WrongLinkError: It is no link.
        PrivateLinkError: Its host is a loopback, private or reserved address.
    """
    checked = check_link(link)
    found = _SCHEME.match(checked)
    if found and found.group(1) in {"http", "https"}:
        host = _host_of(re.split(r"[/?#]", checked[found.end() :], maxsplit=1)[0])
        if is_private_host(host):
            raise PrivateLinkError(host)
    return checked


def is_private_host(host: str) -> bool:
    """Test for an address that the public Internet does not reach."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local"))
    return not address.is_global


def _encoded(tail: str) -> str:
    """Encode blanks and control characters only, as Telegram does."""
    return "".join(char if char > " " else f"%{ord(char):02X}" for char in tail)


def _split_scheme(link: str) -> tuple[str, str]:
    found = _SCHEME.match(link)
    if found is None:
        if _BARE_SCHEME.match(link):
            raise WrongLinkError("Unsupported URL protocol")
        return "http", link
    scheme = found.group(1).lower()
    if scheme not in {"http", "https"}:
        raise WrongLinkError("Unsupported URL protocol")
    return scheme, link[found.end() :]


def _host_of(authority: str) -> str:
    host = authority.rsplit("@", 1)[-1]
    port = ""
    if host.startswith("["):
        host, _, port = host.partition("]")
        host, port = host + "]", port.removeprefix(":")
    elif ":" in host:
        host, port = host.split(":", 1)
        if not port:
            raise WrongLinkError("Wrong port number specified in the URL")
    if port and not (port.isdigit() and 0 < int(port) <= _PORT_MAX):
        raise WrongLinkError("Wrong port number specified in the URL")
    if not host.strip("."):
        raise WrongLinkError("URL host is empty")
    if re.search(r"[\s<>\"'`{}|\\^]", host):
        raise WrongLinkError("Disallowed character in URL host")
    return host.lower()
