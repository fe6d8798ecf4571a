"""The home of the text that a partner forwards to a client whose service ends soon."""

from datetime import datetime

from handlers.ui.html import Html, short
from handlers.ui.language import Language

SERVICE_LENGTH = 100


def forward_text(language: Language, service: str, until: datetime) -> Html:
    """Return the text; it stands for itself, so that it can be forwarded as it is."""
    return language.say(
        "Hello! “{service}” is paid until {date}. Please renew it in time, so that it goes on "
        "without a break.",
        service=short(service, SERVICE_LENGTH),
        date=language.date(until),
    )
