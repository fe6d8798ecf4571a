"""The home of weak secrets: what people type when they are asked for a random text."""

from itertools import pairwise

DISTINCT_MIN = 6
STEPS_SHARE_MAX = 0.6
_PLACEHOLDERS = ("changeme", "change-me", "change_me", "placeholder", "your-secret", "your_secret")
_KEYBOARD = "qwertyuiopasdfghjklzxcvbnm"


def weakness(secret: str) -> str | None:
    """Return why somebody could guess the secret, or ``None``."""
    lower = secret.lower()
    if len(set(secret)) < DISTINCT_MIN:
        return "it has too few different characters"
    if _repeats(lower):
        return "it repeats itself"
    if _counts(lower) or lower in _KEYBOARD * 2:
        return "it is a plain sequence"
    if any(word in lower for word in _PLACEHOLDERS):
        return "it is a placeholder"
    return None


def _repeats(secret: str) -> bool:
    """Return whether the secret is a beginning of at most two thirds of it, over and over."""
    longest = len(secret) * 2 // 3
    return any(secret[period:] == secret[:-period] for period in range(1, longest + 1))


def _counts(secret: str) -> bool:
    """Return whether most signs follow the one before, as in 0123 or dcba."""
    steps = [ord(b) - ord(a) for a, b in pairwise(secret)]
    most = max(steps.count(1), steps.count(-1))
    return most > len(steps) * STEPS_SHARE_MAX
