"""The home of the button values of a partner's statistics, lists, links and exports."""

from datetime import UTC, datetime, timedelta

from aiogram.filters.callback_data import CallbackData

from domain.entities.filters import Choice, Standing
from domain.entities.views import Cursor
from domain.ids import decode, encode

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_STANDINGS = {"": Standing.ANY, "a": Standing.ACTIVE, "i": Standing.INACTIVE}
_LETTERS = {standing: letter for letter, standing in _STANDINGS.items()}


def place_at(at: str, key: str) -> Cursor | None:
    """Return the place in a list that two short texts name, ``None`` for the start."""
    microseconds, number = decode(at), decode(key)
    if microseconds is None or number is None:
        return None
    try:
        return Cursor(_EPOCH + microseconds * _MICROSECOND, number)
    except OverflowError:
        return None


def texts_of(cursor: Cursor | None) -> dict[str, str]:
    """Return a place in a list as two short texts: a button's value has 64 bytes."""
    if cursor is None:
        return {"at": "", "key": ""}
    return {"at": encode((cursor.at - _EPOCH) // _MICROSECOND), "key": encode(cursor.id)}


class ShowFigures(CallbackData, prefix="st"):
    """Statistics of a period, of one link or of all; ``chart`` is the message with the picture."""

    period: str = "month"
    code: str = ""
    view: str = ""
    chart: str = ""


class OpenList(CallbackData, prefix="ls"):
    """A page of a list: ``r`` for registrations, ``p`` for payments."""

    tab: str
    period: str = "all"
    standing: str = ""
    found: str = ""
    at: str = ""
    key: str = ""

    @classmethod
    def of(
        cls, tab: str, choice: Choice, before: Cursor | None = None, *, is_search: bool = False
    ) -> "OpenList":
        """Return the value of a button that opens the list so narrowed down."""
        letter = _LETTERS[choice.standing]
        found = "1" if is_search else ""
        return cls(tab=tab, period=choice.period, standing=letter, found=found, **texts_of(before))

    def choice(self, search: str) -> Choice:
        """Return how the list is narrowed down; the search is kept beside the button."""
        standing = _STANDINGS.get(self.standing, Standing.ANY)
        return Choice(period=self.period, standing=standing, search=search if self.found else "")

    def before(self) -> Cursor | None:
        """Return the row after which the page begins, ``None`` for the first page."""
        return place_at(self.at, self.key)


class OpenReferral(CallbackData, prefix="rf"):
    """One referral; what the list was narrowed down to leads back to it."""

    id: str
    period: str = "all"
    standing: str = ""
    found: str = ""
    at: str = ""
    key: str = ""

    def before(self) -> Cursor | None:
        """Return the payment after which the page begins, ``None`` for the newest."""
        return place_at(self.at, self.key)


class ListTool(CallbackData, prefix="lt"):
    """Search a list, or choose its period."""

    action: str
    tab: str
    period: str = "all"
    standing: str = ""


class OwnLink(CallbackData, prefix="lnk"):
    """A press about one of the partner's links, or about all of them."""

    action: str
    code: str = ""


class Export(CallbackData, prefix="exp"):
    """What to take out: table, period, kind of file; ``go`` makes it."""

    kind: str = "registrations"
    period: str = "month"
    form: str = "xlsx"
    go: str = ""
