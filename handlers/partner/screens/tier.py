"""The home of the tier: what holds, what it earns, and the way to the next one."""

from collections.abc import Iterator

from domain.programs.model import Program
from domain.programs.model_rates import ANY, RateRow, TierBasis, TierLevel
from domain.usecases.partners.show_enrolment import EnrolmentView
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen
from handlers.ui.terms_words import row_about, row_gives

BAR_LENGTH = 10


def tier_screen(language: Language, view: EnrolmentView) -> Screen:
    """Return the tier that holds with the whole rate table, whatever it depends on (R7)."""
    say = language.say
    text = lines(
        say("🏆 <b>My tier</b>") if view.program.tiers else say("🏆 <b>My rate</b>"),
        *(_standing(language, view) if view.program.tiers else ()),
        "",
        *_table(language, view),
    )
    rows = (
        (
            Button(say("🔗 My link"), Open(screen="link")),
            Button(say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)


def _standing(language: Language, view: EnrolmentView) -> Iterator[Html]:
    level = view.progress.level
    if level is None:
        yield language.say("You have no tier yet.")
    else:
        name = view.program.tier_name(level.key, language.code)
        yield language.say("Now: <b>{tier}</b>", tier=name)
    yield _counted(language, view)
    yield _progress(language, view)


def _counted(language: Language, view: EnrolmentView) -> Html:
    if view.program.tier_basis is TierBasis.ACTIVE_CLIENTS:
        return language.say_many(
            "{count} client with active services",
            "{count} clients with active services",
            view.counted,
        )
    return language.say_many("{count} paying client", "{count} paying clients", view.counted)


def _progress(language: Language, view: EnrolmentView) -> Html:
    following = view.progress.following
    if following is None:
        return language.say("This is the highest tier. Well done!")
    full = BAR_LENGTH * view.counted // following.from_clients
    bar = "▰" * full + "▱" * (BAR_LENGTH - full)
    tier = view.program.tier_name(following.key, language.code)
    missing = view.progress.missing_clients
    if view.program.tier_basis is TierBasis.ACTIVE_CLIENTS:
        words = language.say_many(
            "{count} more client with active services to the tier {tier}.",
            "{count} more clients with active services to the tier {tier}.",
            missing,
            tier=tier,
        )
    else:
        words = language.say_many(
            "{count} more paying client to {tier}",
            "{count} more paying clients to {tier}",
            missing,
            tier=tier,
        )
    return Html(f"{bar} {words}")


def _table(language: Language, view: EnrolmentView) -> Iterator[Html]:
    program = view.program
    if not program.rates:
        yield language.say("This program pays no commission.")
        return
    if not program.tiers:
        yield from (_row(language, program, row) for row in program.rates)
        return
    for level in program.tiers:
        yield _level(language, view, level)
        rows = [row for row in program.rates if row.tier in (level.key, ANY)]
        if len(rows) > 1 or row_about(language, program, rows[0]):
            yield from (_row(language, program, row) for row in rows)


def _level(language: Language, view: EnrolmentView, level: TierLevel) -> Html:
    program = view.program
    rows = [row for row in program.rates if row.tier in (level.key, ANY)]
    mark = "▶️" if view.progress.level == level else "▫️"
    tier = program.tier_name(level.key, language.code)
    from_clients = language.say_many(
        "from {count} client", "from {count} clients", level.from_clients
    )
    if len(rows) == 1 and not row_about(language, program, rows[0]):
        words = language.say(
            "{tier}: {from_clients} — {rate}",
            tier=tier,
            from_clients=from_clients,
            rate=row_gives(language, rows[0]),
        )
    else:
        words = language.say("{tier}: {from_clients}", tier=tier, from_clients=from_clients)
    return Html(f"{mark} {words}")


def _row(language: Language, program: Program, row: RateRow) -> Html:
    what = row_about(language, program, row) or language.say("Any payment")
    words = language.say("{what} — {rate}", what=what, rate=row_gives(language, row))
    return Html(f"      {words}") if program.tiers else Html(f"▫️ {words}")
