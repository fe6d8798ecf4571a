"""The home of rate limits: how often one address or token may ask."""

import math
from ipaddress import IPv6Address, ip_address

from handlers.http.errors import too_many
from handlers.rates import Rates


class Throttle(Rates):
    """Counts requests per address or token."""

    def count(self, limit: str, kind: str, who: str) -> None:
        """Count a request.

        Args:
            limit: Such as ``600/minute``.
            kind: What is counted.
            who: The sender.

        Raises:
            Refused: 429, it was one too many.
        """
        wait = self.counted(limit, kind, who)
        if wait is not None:
            raise too_many(math.ceil(wait))


def group_of(address: str) -> str:
    """Return what one sender may vary: an IPv4 address, the /64 of an IPv6 one."""
    if ":" not in address:
        return address
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return parsed.packed[:8].hex()
