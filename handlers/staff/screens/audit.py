"""The home of what staff see of the audit trail."""

from collections.abc import Sequence

from domain.entities.audit import AuditFilter, AuditGroup, AuditRow
from domain.usecases.audit.read import AuditPage
from handlers.ui.audit_words import audit_sentence
from handlers.ui.callbacks import AuditPlace
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen
from handlers.ui.tables import Cell


def audit_screen(language: Language, page: AuditPage, *, is_first: bool) -> Screen:
    """Return a page of the trail with the ways to narrow it."""
    say, wanted = language.say, page.wanted
    rows = [_line(language, row) for row in page.rows]
    text = lines(
        say("🧾 <b>Audit trail</b>"),
        say("Only what concerns money.") if wanted.money_only else None,
        say("Only: {group}.", group=group_name(language, wanted.group)) if wanted.group else None,
        "",
        *(rows or [say("Nothing is written down here.")]),
        "" if is_first else None,
        say("/audit CODE, /audit @name or /audit CLIENT shows one partner, person or client.")
        if is_first
        else None,
    )
    return Screen(text, _rows(language, page, is_first=is_first))


def _line(language: Language, row: AuditRow) -> Html:
    return Html(f"• <i>{language.instant(row.at)}</i> ") + audit_sentence(language, row)


def group_name(language: Language, group: AuditGroup) -> Html:
    """Return the name of a kind of action."""
    say = language.say
    match group:
        case AuditGroup.MONEY:
            return say("money")
        case AuditGroup.PARTNERS:
            return say("partners and clients")
        case AuditGroup.STAFF:
            return say("staff")
        case AuditGroup.BROADCASTS:
            return say("messages to many")
        case AuditGroup.DENIED:
            return say("refused")


def _rows(
    language: Language, page: AuditPage, *, is_first: bool
) -> tuple[tuple[Button, ...], ...]:
    say, wanted = language.say, page.wanted

    def choose(group: AuditGroup) -> Button:
        is_chosen = wanted.group is group
        mark = "🔘" if is_chosen else "⚪️"
        place = AuditPlace.of(wanted, group=None if is_chosen else group)
        return Button(f"{mark} {group_name(language, group).plain}", place)

    groups = () if wanted.money_only else tuple(choose(group) for group in AuditGroup)
    newest = Button(say("⏮ Newest"), AuditPlace.of(wanted, group=wanted.group))
    older = Button(
        say("Older ▶️"), AuditPlace.of(wanted, group=wanted.group, before=page.following or 0)
    )
    export = Button(say("📄 As a file"), AuditPlace.of(wanted, group=wanted.group, action="file"))
    turning = (*(() if is_first else (newest,)), *((older,) if page.following else ()))
    return (groups[:3], groups[3:], turning, (export,) if page.rows else ())


def table_of(
    language: Language, rows: Sequence[AuditRow]
) -> tuple[list[str], list[tuple[Cell, ...]]]:
    """Return headings and rows of the file: the sentence, and what it was made of."""
    say = language.say
    headings = [
        say("Time").plain,
        say("Person").plain,
        say("Telegram ID").plain,
        say("Role").plain,
        say("Action").plain,
        say("Object").plain,
        say("What happened").plain,
    ]
    cells: list[tuple[Cell, ...]] = [
        (
            row.at,
            row.actor_name or "",
            row.actor,
            row.role,
            row.action,
            row.subject,
            audit_sentence(language, row).plain,
        )
        for row in rows
    ]
    return headings, cells


def wanted_by(place: AuditPlace) -> AuditFilter:
    """Return the filter that a button carries; what it cannot mean narrows nothing."""
    kind, number = place.about[:1], place.about[1:]
    is_number = number.isascii() and number.isdigit()
    value = int(number) if is_number and len(number) < 20 else None  # noqa: PLR2004 - 64 bits
    groups = {group.value: group for group in AuditGroup}
    return AuditFilter(
        actor=value if kind == "w" else None,
        partner_id=value if kind == "p" else None,
        client_id=value if kind == "c" else None,
        group=groups.get(place.group),
    )
