"""The home of the keys of a vault; it imports no cryptography, as many only carry them."""

import hmac
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """The keys of a vault, each of 32 bytes.

    Attributes:
        first: Seals, and opens what it sealed.
        others: Open what they sealed, while the key is changed.
        marking: Makes marks, where the first one was not always the first; it opens nothing.
    """

    first: bytes = field(repr=False)
    others: tuple[bytes, ...] = field(default=(), repr=False)
    marking: bytes | None = field(default=None, repr=False)

    @property
    def marks(self) -> bytes:
        """Return what makes marks: it stays when the key is changed, as marks are kept."""
        return self.marking or hmac.digest(self.first, b"marks", "sha256")
