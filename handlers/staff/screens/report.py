"""The home of what staff see of a program's figures."""

from datetime import date

from babel.dates import format_date

from domain.entities.days import PRESETS, Days
from domain.entities.report import Acceptance, PeriodFigures, ProgramReport
from domain.money import Money
from domain.programs.model import Program, Programs
from handlers.ui.callbacks import ReportPlace
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

MEDALS = ("🥇", "🥈", "🥉")


def report_screen(language: Language, report: ProgramReport, programs: Programs) -> Screen:
    """Return the figures of a period beside those of the period before."""
    say = language.say
    program = programs.get(report.program)
    text = lines(
        say("📊 <b>Report</b>: {program}", program=title_of(language, program, report.program)),
        bold(days_text(language, report.days)),
        say("compared with {days}", days=days_text(language, report.earlier_days))
        if report.earlier_days
        else None,
        "",
        *_people(language, report),
        "",
        *_money(language, report),
        "",
        *_owed(language, report),
        *_top(language, report),
        *_acceptance(language, report.acceptance),
    )
    return Screen(text, _rows(language, report, programs))


def title_of(language: Language, program: Program | None, key: str) -> str:
    """Return how a program is called."""
    return short(program.text(language.code).title if program else key, 60)


def days_text(language: Language, days: Days) -> str:
    """Return days as people write them."""

    def day(of: date) -> str:
        return format_date(of, "medium", locale=language.code)

    return day(days.first) if days.first == days.last else f"{day(days.first)} – {day(days.last)}"


def _people(language: Language, report: ProgramReport) -> list[Html]:
    say, now, before = language.say, report.now, report.earlier
    number = language.number

    def compared(name: str) -> str:
        return _change(language, _figure(now, name), _figure(before, name) if before else None)

    total = now.total
    return [
        say(
            "🤝 Partners: {active} active; {new} new{change}; {busy} had visits or payments",
            active=number(report.partners),
            new=number(now.new_partners),
            change=compared("new_partners"),
            busy=number(now.busy_partners),
        ),
        say("👆 Clicks: {count}{change}", count=number(total.clicks), change=compared("clicks")),
        say("▶️ Starts: {count}{change}", count=number(total.starts), change=compared("starts")),
        say(
            "🙋 Registrations: {count}{change}",
            count=number(total.registrations),
            change=compared("registrations"),
        ),
        say(
            "💳 Paying clients among them: {count}{change}",
            count=number(total.paying_clients),
            change=compared("paying_clients"),
        ),
        say(
            "🎯 Conversion: {registered} of visits register, {paying} of registrations pay",
            registered=_share(language, total.registrations, total.clicks + total.starts),
            paying=_share(language, total.paying_clients, total.registrations),
        ),
    ]


def _money(language: Language, report: ProgramReport) -> list[Html]:
    say, now, before = language.say, report.now, report.earlier

    def sum_of(name: str) -> dict[str, object]:
        minor = _figure(now, name)
        change = _change(language, minor, _figure(before, name) if before else None)
        return {"amount": Money(minor, report.currency), "change": change}

    return [
        say(
            "🧾 Payments: {count}, <b>{amount}</b>{change}",
            count=language.number(now.total.payments),
            **sum_of("payments_minor"),
        ),
        say("💰 Commissions: <b>{amount}</b>{change}", **sum_of("commissions_minor")),
        say("↩️ Taken back: {amount}{change}", **sum_of("clawed_back_minor")),
        say(
            "📤 Paid out: {count}, <b>{amount}</b>{change}",
            count=language.number(now.payouts),
            **sum_of("payouts_minor"),
        ),
    ]


def _owed(language: Language, report: ProgramReport) -> list[Html]:
    say, owed = language.say, report.owed

    def money(minor: int) -> Money:
        return Money(minor, report.currency)

    return [
        say(
            "⚖️ Owed to partners now: <b>{amount}</b>",
            amount=money(owed.payable + owed.held + owed.reserved),
        ),
        say(
            "payable {payable}, on hold {held}, in pay-outs {reserved}",
            payable=money(owed.payable),
            held=money(owed.held),
            reserved=money(owed.reserved),
        ),
    ]


def _top(language: Language, report: ProgramReport) -> list[Html]:
    if not report.top:
        return []
    say = language.say
    rows = [
        say(
            "{place} {name} ({code}): <b>{amount}</b>, registrations {count}, paying {paying}",
            place=MEDALS[place] if place < len(MEDALS) else f"{place + 1}.",
            name=short(partner.name, 40),
            code=code(partner.code),
            amount=Money(partner.commissions_minor, report.currency),
            count=language.number(partner.registrations),
            paying=language.number(partner.paying_clients),
        )
        for place, partner in enumerate(report.top)
    ]
    return [Html(""), say("🏆 <b>Top partners of the period</b>"), *rows]


def _acceptance(language: Language, acceptance: Acceptance | None) -> list[Html]:
    """Return who accepted changed terms, and whose pay-outs wait for it."""
    if acceptance is None:
        return []
    say = language.say
    left = acceptance.partners - acceptance.accepted
    more = left - len(acceptance.waiting)
    return [
        Html(""),
        say(
            "📜 Rules of version {version}: accepted by {accepted} of {partners}",
            version=acceptance.version,
            accepted=language.number(acceptance.accepted),
            partners=language.number(acceptance.partners),
        ),
        *(
            [
                say(
                    "Not yet: {codes}",
                    codes=Html(", ".join(code(one) for one in acceptance.waiting))
                    + (Html(f" +{more}") if more > 0 else Html("")),
                )
            ]
            if acceptance.waiting
            else []
        ),
    ]


def _figure(figures: PeriodFigures, name: str) -> int:
    own = getattr(figures, name, None)
    return int(own if own is not None else getattr(figures.total, name))


def _change(language: Language, now: int, before: int | None) -> str:
    """Return how a figure differs from the one before, in brackets; nothing without one."""
    if before is None or now == before:
        return ""
    if before <= 0:
        from_nought = language.say("from 0")
        return f" (▲ {from_nought.plain})"
    share = language.number(abs(round(100 * (now - before) / before)))
    return f" ({'▲' if now > before else '▼'} {share} %)"


def _share(language: Language, part: int, whole: int) -> str:
    return f"{language.number(round(100 * part / whole))} %" if whole else "—"


def preset_name(language: Language, preset: str) -> Html:
    """Return how a preset is called."""
    say = language.say
    names = {
        "today": say("Today"),
        "week": say("7 days"),
        "month": say("This month"),
        "last": say("Last month"),
        "all": say("All time"),
    }
    return names[preset]


def _rows(language: Language, report: ProgramReport, programs: Programs) -> Rows:
    def at(period: str, program: str) -> ReportPlace:
        return ReportPlace(period=period, program=program)

    def marked(text: str, *, is_chosen: bool) -> str:
        return f"🔘 {text}" if is_chosen else text

    presets = [
        Button(
            marked(preset_name(language, preset).plain, is_chosen=report.period == preset),
            at(preset, report.program),
        )
        for preset in PRESETS
    ]
    other = Button(
        language.say("📅 Another period"), ReportPlace(action="ask", program=report.program)
    )
    several = (
        tuple(
            (
                Button(
                    marked(title_of(language, program, key), is_chosen=key == report.program),
                    at(report.period, key),
                ),
            )
            for key, program in programs.items()
        )
        if len(programs) > 1
        else ()
    )
    return (tuple(presets[:3]), (*presets[3:], other), *several)


def period_question(language: Language) -> Screen:
    """Return the question for a typed period."""
    say = language.say
    text = lines(
        say("Reply with the period: a day, a month, a year, or two of these."),
        say("For example: <code>01.10.2026–15.11.2026</code>, <code>11.2026</code>."),
    )
    return Screen(text, asks=str(say("Period")))
