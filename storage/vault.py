"""The home of encryption at rest: pay-out accounts are unreadable in a copy of the database."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.vault_keys import VaultKeys

_NONCE_BYTES = 12
_VERSION = b"\x01"


class VaultClosed(RuntimeError):
    """The key is not the one that this was written with."""


class Vault:
    """Encrypts short texts with AES-256-GCM; the keys come from the environment."""

    def __init__(self, key: bytes | VaultKeys) -> None:
        """Take a key of 32 bytes, or several."""
        keys = key if isinstance(key, VaultKeys) else VaultKeys(key)
        self._cipher, *self._others = map(AESGCM, (keys.first, *keys.others))
        self._marking_key = keys.marks

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
        for cipher in (self._cipher, *self._others):
            text = _opened(cipher, sealed, context)
            if text is not None:
                return text
        raise VaultClosed(context)

    def resealed(self, sealed: bytes, *, context: str) -> bytes | None:
        """Return the text sealed with the first key, ``None`` where it is already.

        Raises:
            VaultClosed: none of the keys opens it.
        """
        if _opened(self._cipher, sealed, context) is not None:
            return None
        return self.seal(self.open(sealed, context=context), context=context)


def _opened(cipher: AESGCM, sealed: bytes, context: str) -> str | None:
    version, nonce = sealed[:1], sealed[1 : 1 + _NONCE_BYTES]
    rest = sealed[1 + _NONCE_BYTES :]
    if version != _VERSION or not rest:
        return None
    try:
        return cipher.decrypt(nonce, rest, context.encode()).decode()
    except InvalidTag:
        return None


def payout_account_context(enrolment_id: int) -> str:
    """Return what binds the account of scheduled pay-outs to its enrolment."""
    return f"payout_account:{enrolment_id}"
