"""The home of telling visitors from machines that only look at a link."""

import re
from functools import lru_cache

from multidict import CIMultiDictProxy

_MACHINES = re.compile(
    r"telegrambot|facebookexternalhit|facebookcatalog|facebot|meta-external|twitterbot|^whatsapp/"
    r"|slackbot|slack-imgproxy|discordbot|linkedinbot|vkshare|skypeuripreview|bingpreview"
    r"|google-inspectiontool|google-safety|googleimageproxy|embedly|iframely|quora link preview"
    r"|(?<![a-z])(?!cubot)[a-z-]*bot(?![a-z])|crawler|spider|slurp|headlesschrome|preview",
    re.IGNORECASE,
)
_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_AHEAD_WORDS = ("prefetch", "prerender", "preview")


def is_preview(headers: CIMultiDictProxy[str]) -> bool:
    """Test if the request was made by a machine, or ahead of a person's wish."""
    if _is_machine(headers.get("User-Agent", "")):
        return True
    for name in _AHEAD:
        value = headers.get(name)
        if value and any(word in value.lower() for word in _AHEAD_WORDS):
            return True
    return False


@lru_cache(maxsize=4_096)
def _is_machine(agent: str) -> bool:
    return _MACHINES.search(agent) is not None
