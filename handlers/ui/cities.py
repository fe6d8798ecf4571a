"""The home of time zones as people name them: cities in four languages, and offsets."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from domain.period import OFFSET_HOURS_MAX, zone_of
from domain.programs.model import LANGUAGES

OFFERED = (
    "Europe/London",
    "Europe/Berlin",
    "Europe/Warsaw",
    "Europe/Sofia",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Asia/Tbilisi",
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Dubai",
    "America/New_York",
)
"""What the buttons offer, from west to east; every other zone can be typed."""
MATCHES_MAX = 6
PREFIX_LENGTH_MIN = 3
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-−–])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_AREAS = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia"}
    | {"Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)


def zones_named(text: str) -> list[str]:
    """Return the names of the zones that a person may mean, best first; none where none fits."""
    offset = _offset(text)
    if offset is not None:
        return [offset] if zone_of(offset) else []
    wanted = _plain(text)
    names = {_plain(name): name for name in _zone_names()}
    if wanted in names:
        return [names[wanted]]
    cities = _cities()
    if wanted in cities:
        return sorted(cities[wanted])[:MATCHES_MAX]
    if len(wanted) < PREFIX_LENGTH_MIN:
        return []
    found = {zone for city, zones in cities.items() if city.startswith(wanted) for zone in zones}
    return sorted(found)[:MATCHES_MAX]


def city_of(zone: str, code: str) -> str:
    """Return how a reader calls a zone: its city, or the offset."""
    return _city_names(code).get(zone) or zone.rpartition("/")[2].replace("_", " ")


def clock_in(zone: str, now: datetime) -> str:
    """Return what clocks of a zone show."""
    return now.astimezone(zone_of(zone)).strftime("%H:%M")


def _offset(text: str) -> str | None:
    if text.strip().upper() in ("UTC", "GMT"):
        return "UTC"
    found = _OFFSET.fullmatch(text.strip())
    if found is None or int(found[2]) > OFFSET_HOURS_MAX:
        return None
    sign = "+" if found[1] == "+" else "-"
    return f"UTC{sign}{int(found[2]):02}:{found[3] or '00'}"


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(
        name for name in available_timezones() if name.partition("/")[0] in _AREAS
    ) | {"UTC"}


@cache
def _city_names(code: str) -> Mapping[str, str]:
    """Return the city of each zone in a language, where the language has a word for it."""
    aliases = get_global("zone_aliases")
    named: dict[str, str] = {}
    for key, words in Locale.parse(code).time_zones.items():
        city = words.get("city")
        if city:
            named[aliases.get(key, key)] = named[key] = city
    return named


@cache
def _cities() -> Mapping[str, frozenset[str]]:
    """Return the zones of each city, as it is written in any of the languages."""
    found: dict[str, set[str]] = {}
    known = _zone_names()
    aliases = get_global("zone_aliases")
    for zone in known:
        canonical = aliases.get(zone, zone)
        kept = canonical if canonical in known else zone
        names = {zone.rpartition("/")[2]}
        names |= {_city_names(code).get(zone, "") for code in LANGUAGES} - {""}
        for name in names:
            found.setdefault(_plain(name), set()).add(kept)
    return {city: frozenset(zones) for city, zones in found.items()}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[_\-.,]+", " ", text).casefold().replace("ё", "е").split())
