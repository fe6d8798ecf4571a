"""The home of click tokens: a visitor's first click per code, signed, short, safe in a URL."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from itsdangerous import Signer

PREFIX = "pb1."
OTHER_ID_LENGTH_MAX = 128
"""Ids of reported clicks are no longer than this; what is longer claims to be a token."""
SIGNED_KEPT = 1_024
"""Visitors of one link in one second have one token, which is signed once."""
_SALT = b"partner-bot click token 1"
_CLICK = re.compile(r"([a-z0-9_-]{1,64})~([0-9a-f]{1,9})", re.ASCII)


class SignedClickTokens:
    """Makes and reads tokens such as ``pb1.CODE~SECONDS.CODE~SECONDS.SIGNATURE``.

    There is one spelling of each token: it is read by writing it again and comparing, in constant
    time, so that no character of it can be changed.
    """

    def __init__(self, secret: str | bytes) -> None:
        """Sign with a key made from the secret.

        Raises:
            ValueError: the secret is empty.
        """
        raw = secret.encode() if isinstance(secret, str) else secret
        if not raw:
            raise ValueError("an empty secret signs nothing")
        key = hmac.new(raw, _SALT, hashlib.sha256).digest()
        signer = Signer(key, sep=".", key_derivation="none", digest_method=hashlib.sha256)
        self._sign = lru_cache(SIGNED_KEPT)(signer.sign)

    def looks_like_one(self, text: str) -> bool:
        """Test if the text claims to be such a token, whether or not it is genuine."""
        return text.startswith(PREFIX) or len(text) > OTHER_ID_LENGTH_MAX

    def read(self, text: str) -> Mapping[str, datetime] | None:
        """Return the first click per code, or ``None`` for a forged token."""
        content, _, _ = text.rpartition(".")
        if not content.startswith(PREFIX) or not text.isascii():
            return None
        if not hmac.compare_digest(self._sign(content), text.encode()):
            return None
        clicks: dict[str, datetime] = {}
        for part in content.removeprefix(PREFIX).split("."):
            match = _CLICK.fullmatch(part)
            if match is None:
                return None
            clicks[match[1]] = datetime.fromtimestamp(int(match[2], 16), UTC)
        return clicks

    def write(self, clicks: Mapping[str, datetime]) -> str:
        """Return the signed token of the first clicks; fractions of a second are cut off."""
        parts = [f"{code}~{int(at.timestamp()):x}" for code, at in clicks.items()]
        return self._sign(PREFIX + ".".join(parts)).decode()
