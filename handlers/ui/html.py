"""The home of safe HTML: user text is another type and cannot reach a message unescaped."""

import re
from html import escape, unescape

_TAG = re.compile(r"<[^<>]*>")


class Html(str):
    """Text that is safe to send with ``parse_mode=HTML``."""

    __slots__ = ()

    @property
    def plain(self) -> str:
        """The text as people read it, for places that know no mark-up: buttons, pop-ups."""
        return unescape(_TAG.sub("", self))

    def __add__(self, other: str) -> "Html":
        """Return both; a plain text is escaped."""
        return Html(str(self) + str(safe(other)))

    def __html__(self) -> str:
        """Return the text for a template, safe in attributes too."""
        return str(self).replace('"', "&#34;")


def safe(value: object) -> Html:
    """Return the value as HTML: escaped, unless it is HTML already."""
    return value if isinstance(value, Html) else Html(escape(str(value), quote=False))


def bold(value: object) -> Html:
    """Return the value in bold."""
    return Html(f"<b>{safe(value)}</b>")


def code(value: object) -> Html:
    """Return the value as text that a tap copies."""
    return Html(f"<code>{safe(value)}</code>")


def link(value: object, url: str) -> Html:
    """Return the value as a link."""
    return Html(f'<a href="{escape(url)}">{safe(value)}</a>')


def lines(*parts: object) -> Html:
    """Return the parts, one a line; ``None`` leaves a line out, an empty text leaves it blank."""
    return Html("\n".join(safe(part) for part in parts if part is not None))


def short(value: str, limit: int) -> str:
    """Return user text cut to a length, on one line."""
    text = " ".join(value.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def sentence(value: object) -> Html:
    """Return the value with its first letter in upper case, for a line of its own."""
    text = safe(value)
    return Html(text[:1].upper() + text[1:])


def plain(value: object) -> str:
    """Return the value for a place that knows no mark-up."""
    return value.plain if isinstance(value, Html) else str(value)
