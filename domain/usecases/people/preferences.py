"""The home of a person choosing what it is told, when, and by which clock."""

import re
from collections.abc import Callable
from dataclasses import replace

from domain.entities.people import Caller
from domain.entities.preferences import Preferences, QuietHours, Topic
from domain.errors import DomainError
from domain.period import zone_of
from domain.rights import MemberRole
from domain.surroundings import Surroundings

ZONE_LENGTH_MAX = 64
_HOURS = re.compile(
    r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:[-–—−]|to|до|по)\s*(\d{1,2})(?:[:.]?(\d{2}))?",
    re.IGNORECASE,
)
_HOUR_MAX, _MINUTE_MAX = 23, 59


class BadQuietHours(DomainError):
    """The text names no two different times of a day."""

    code = "bad_quiet_hours"


class UnknownZone(DomainError):
    """There is no such time zone."""

    code = "unknown_zone"


def read_quiet_hours(text: str) -> QuietHours:
    """Return quiet hours as a person types them, such as ``22:00-08:30`` or ``22-8``.

    Raises:
        BadQuietHours: the text is something else, or both times are the same.
    """
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        raise BadQuietHours
    start_hour, start_minute, end_hour, end_minute = (int(part or 0) for part in found.groups())
    if end_hour == _HOUR_MAX + 1 and not end_minute:
        end_hour = 0
    if max(start_hour, end_hour) > _HOUR_MAX or max(start_minute, end_minute) > _MINUTE_MAX:
        raise BadQuietHours
    quiet = QuietHours(start=start_hour * 60 + start_minute, end=end_hour * 60 + end_minute)
    if quiet.start == quiet.end:
        raise BadQuietHours
    return quiet


class ChoosePreferences:
    """Keep what a person wants to be told, when, and by which clock.

    - Each choice says what shall hold, so that a press that comes twice changes nothing more.
    - Notices that wait already are judged anew by what was chosen last.
    - Only an admin decides whether its partner stands masked on the leader board.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def show(self, caller: Caller) -> Preferences:
        """Return what the person chose."""
        async with self._around.open_work.read() as work:
            return await work.preferences.get(caller.person.id)

    async def hear(self, caller: Caller, topics: frozenset[Topic], *, on: bool) -> Preferences:
        """Switch topics on or off."""

        def chosen(now: Preferences) -> Preferences:
            return replace(now, muted=now.muted - topics if on else now.muted | topics)

        return await self._choose(caller, chosen)

    async def rest(self, caller: Caller, quiet: QuietHours | None) -> Preferences:
        """Set the quiet hours, or end them."""
        return await self._choose(caller, lambda now: replace(now, quiet=quiet))

    async def live_in(self, caller: Caller, zone: str | None) -> Preferences:
        """Set the time zone, or go back to the configured one.

        Raises:
            UnknownZone: there is no such zone.
        """
        if zone is not None and (len(zone) > ZONE_LENGTH_MAX or zone_of(zone) is None):
            raise UnknownZone(zone=zone)
        return await self._choose(caller, lambda now: replace(now, zone=zone))

    async def mask(self, caller: Caller, *, on: bool) -> Preferences:
        """Mask the partner's name on the leader board, or show it; a user changes nothing."""
        return await self._choose(
            caller, lambda now: replace(now, masks_name=on), needs_admin=True
        )

    async def _choose(
        self,
        caller: Caller,
        change: Callable[[Preferences], Preferences],
        *,
        needs_admin: bool = False,
    ) -> Preferences:
        person_id, now = caller.person.id, self._around.clock()
        async with self._around.open_work(books=False) as work:
            before = await work.preferences.get(person_id)
            if needs_admin:
                membership = caller.membership
                role = (
                    await work.partners.role_of(person_id, membership.partner_id)
                    if membership
                    else None
                )
                if role is not MemberRole.ADMIN:
                    return before
            chosen = change(before)
            if chosen != before:
                await work.preferences.put(person_id, chosen, at=now)
                await work.notices.wake(person_id, at=now)
                await work.commit()
        return chosen
