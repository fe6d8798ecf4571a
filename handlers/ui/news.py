"""The home of the message that a broadcast is for its reader."""

from handlers.ui.html import Html
from handlers.ui.screen import Screen


def news_screen(html: str) -> Screen:
    """Return the message; the mark-up was made from what was typed when it was composed."""
    return Screen(Html(html))
