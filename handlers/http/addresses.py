"""The home of telling from which address a request came."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web

from handlers.http.throttle import group_of

Network = IPv4Network | IPv6Network
LOCAL = "local"
"""Who speaks through a socket file."""


def client_address(request: web.Request, trusted: Sequence[Network]) -> str:
    """Return the address of the sender; ``X-Forwarded-For`` counts only from trusted proxies.

    Each proxy appends whom it heard, so the last address that is no proxy of ours is the sender;
    what stands before it was written by the sender itself.
    """
    heard = request.remote or LOCAL
    if not trusted or not _is_in(heard, trusted):
        return heard
    chain = ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")
    for said in reversed(chain):
        address = said.strip()
        if _parsed(address) is None:
            break
        heard = address
        if not _is_in(address, trusted):
            break
    return heard


def sender_of(request: web.Request, trusted: Sequence[Network]) -> str:
    """Return under what name the sender's requests are counted."""
    return group_of(client_address(request, trusted))


def is_inside(address: str) -> bool:
    """Test if the address belongs to this machine or a private network."""
    parsed = _parsed(address)
    return address == LOCAL or (parsed is not None and parsed.is_private)


def _is_in(address: str, networks: Sequence[Network]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in networks)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else parsed
