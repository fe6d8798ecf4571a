"""The home of encryption at rest: pay-out accounts are unreadable in a copy of the database."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_VERSION = b"\x01"


class VaultClosed(RuntimeError):
    """The key is not the one that this was written with."""


class Vault:
    """Encrypts short texts with AES-256-GCM; the key comes from the environment."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 32 bytes."""
        self._cipher = AESGCM(key)
        self._marking_key = hmac.digest(key, b"marks", "sha256")

    def seal(self, text: str, *, context: str) -> bytes:
        """Return the text encrypted; ``context`` must be the same to open it again."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), context.encode())

    def mark(self, text: str, *, context: str) -> str:
        """Return a keyed digest: equal texts can be told, and nobody without the key reads one."""
        message = f"{context}\0{text}".encode()
        return hmac.digest(self._marking_key, message, "sha256").hex()

    def open(self, sealed: bytes, *, context: str) -> str:
        """Return the text.

        Raises:
            VaultClosed: another key, another context, or damaged bytes.
        """
        version, nonce = sealed[:1], sealed[1 : 1 + _NONCE_BYTES]
        rest = sealed[1 + _NONCE_BYTES :]
        if version != _VERSION or not rest:
            raise VaultClosed(context)
        try:
            return self._cipher.decrypt(nonce, rest, context.encode()).decode()
        except InvalidTag:
            raise VaultClosed(context) from None


def payout_account_context(enrolment_id: int) -> str:
    """Return what binds the account of scheduled pay-outs to its enrolment."""
    return f"payout_account:{enrolment_id}"
