"""The home of identifiers: short public texts made of our integer ids, and referral codes."""

import hashlib

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""31 signs that people do not confuse when they read a code aloud; no delimiter inside."""
CODE_LENGTH = 8


def encode(number: int) -> str:
    """Return a short text for an id, readable and free of look-alike signs."""
    digits = ""
    while True:
        number, rest = divmod(number, len(ALPHABET))
        digits = ALPHABET[rest] + digits
        if not number:
            return digits


def decode(text: str) -> int | None:
    """Return the id behind the text, or ``None`` when it is no such text."""
    number = 0
    for sign in text:
        position = ALPHABET.find(sign)
        if position < 0:
            return None
        number = number * len(ALPHABET) + position
    return number if text and number < 2**63 else None


def code_from(randomness: bytes) -> str:
    """Return a referral code made of random bytes (16 or more)."""
    return encode(int.from_bytes(randomness, "big"))[-CODE_LENGTH:]


def text_from(*parts: object) -> str:
    """Return a stable short text for the parts, so that a repeated request names itself again."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode()).digest()
    return encode(int.from_bytes(digest[:8], "big"))[-CODE_LENGTH:]


def hash_of(token: str) -> str:
    """Return what is kept of a secret token of a link: SHA-256 of it, never the token itself."""
    return hashlib.sha256(token.encode()).hexdigest()
