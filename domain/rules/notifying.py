"""The home of what happens to a notice when its turn comes: sent, held until morning, or not sent.

A kind that is not named here is none that a person may switch off: decisions about the person
itself, changed rules, safety. It still waits out quiet hours, unless it answers the person's act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from domain.entities.preferences import Preferences, QuietHours, Topic

ANSWERS = "answers"
"""Parameter of a notice that answers the person's own act: it never waits."""
_TOPICS: Mapping[str, Topic] = {
    "registration": Topic.REGISTRATION,
    "client_given": Topic.REGISTRATION,
    "pin_made": Topic.REGISTRATION,
    "commission": Topic.COMMISSION,
    "clawback": Topic.COMMISSION,
    "clawback_undone": Topic.COMMISSION,
    "invoice_paid": Topic.COMMISSION,
    "legal_form_earned_nothing": Topic.COMMISSION,
    "tier_reached": Topic.TIER,
    "tier_lost": Topic.TIER,
    "payout_done": Topic.PAYOUT,
    "payout_rejected": Topic.PAYOUT,
    "payout_returned": Topic.PAYOUT,
    "payout_coming": Topic.REMINDER,
    "payout_scheduled": Topic.PAYOUT,
    "payout_papers": Topic.PAYOUT,
    "statement": Topic.STATEMENT,
    "minimum_reached": Topic.REMINDER,
    "referrals_end": Topic.REMINDER,
    "renewals": Topic.REMINDER,
    "promo_lapses": Topic.REMINDER,
    "account_missing": Topic.REMINDER,
    "invoice_due": Topic.REMINDER,
    "form_unfinished": Topic.REMINDER,
    "news": Topic.NEWS,
    "broadcast": Topic.NEWS,
}


@dataclass(frozen=True, slots=True)
class Treatment:
    """What to do with a notice now.

    Attributes:
        is_muted: The person switched its topic off: it is not sent at all.
        waits_until: Quiet hours hold it until then; ``None`` means now.
    """

    is_muted: bool = False
    waits_until: datetime | None = None


def topic_of(kind: str) -> Topic | None:
    """Return what a kind of notice is about, ``None`` for what cannot be switched off."""
    return _TOPICS.get(kind)


def treatment(
    kind: str,
    params: Mapping[str, object],
    preferences: Preferences,
    *,
    now: datetime,
    zone: tzinfo,
) -> Treatment:
    """Return what to do with a notice; ``zone`` is the person's."""
    if topic_of(kind) in preferences.muted:
        return Treatment(is_muted=True)
    if params.get(ANSWERS) or preferences.quiet is None:
        return Treatment()
    return Treatment(waits_until=quiet_end(preferences.quiet, now, zone))


def quiet_end(quiet: QuietHours, now: datetime, zone: tzinfo) -> datetime | None:
    """Return when the quiet hours that hold now are over, ``None`` when none hold.

    The hours are those on the person's wall: where clocks change in between, the night is an hour
    longer or shorter, and an end that the clock skips is reached when the clock jumps over it.
    """
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    if not _is_quiet(quiet, minute):
        return None
    day = local.date() if minute < quiet.end else local.date() + timedelta(days=1)
    wall = datetime.combine(day, time(quiet.end // 60, quiet.end % 60), zone)
    end = wall.astimezone(UTC)
    # An hour that comes twice: its second coming is what is still ahead.
    return end if end > now else wall.replace(fold=1).astimezone(UTC)


def _is_quiet(quiet: QuietHours, minute: int) -> bool:
    if quiet.start < quiet.end:
        return quiet.start <= minute < quiet.end
    return minute >= quiet.start or minute < quiet.end
