"""The home of statistics in words."""

from domain.entities.stats import StatsTotal
from domain.money import Money
from domain.usecases.stats.compare_links import LinksView
from domain.usecases.stats.show import StatsView
from handlers.partner.callbacks import Export, OwnLink, ShowFigures
from handlers.partner.screens.links import link_name
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.periods import PickPeriod, period_text, preset_name
from handlers.ui.screen import Button, Rows, Screen

LINKS_SHOWN = 20
HUNDRED = 100


def stats_screen(language: Language, view: StatsView, chart: str = "") -> Screen:
    """Return the figures of a period, each beside that of the period before."""
    say, now, earlier = language.say, view.total, view.earlier
    if earlier == StatsTotal():
        earlier = None

    def row(name: Html, value: Html | str, shown: int, was: int | None, text: str) -> Html:
        figure = say("{name}: <b>{value}</b>", name=name, value=value)
        return _beside(figure, _change(language, shown, was, text))

    def count(name: Html, key: str) -> Html:
        value = getattr(now, key)
        was = None if earlier is None else getattr(earlier, key)
        return row(name, language.number(value), value, was, language.number(was) if was else "")

    def money(name: Html, key: str) -> Html:
        value = Money(getattr(now, key), view.currency)
        was = None if earlier is None else getattr(earlier, key)
        old = language.money(Money(was, view.currency)) if was else ""
        return row(name, language.money(value), value.minor, was, old)

    text = lines(
        say("📊 <b>Statistics</b> · {period}", period=period_text(language, view.days)),
        say("Link: {name}", name=link_name(language, view.link)) if view.link else None,
        _compared(language, view),
        "",
        count(say("👆 Visits"), "clicks"),
        count(say("▶️ Opened in Telegram"), "starts"),
        count(say("👤 Registrations"), "registrations"),
        count(say("💳 Of them paying"), "paying_clients"),
        "",
        *_conversion(language, now, earlier),
        "",
        count(say("🧾 Payments"), "payments"),
        money(say("💵 Paid by clients"), "payments_minor"),
        money(say("💰 Commissions"), "commissions_minor"),
        money(say("↩️ Taken back"), "clawed_back_minor")
        if now.clawed_back_minor or (earlier and earlier.clawed_back_minor)
        else None,
    )
    return Screen(text, _rows(language, view, chart))


def _compared(language: Language, view: StatsView) -> Html | None:
    """Return what the figures are compared with; ``None`` for all time."""
    if view.earlier_days is None:
        return None
    period = period_text(language, view.earlier_days)
    if view.earlier == StatsTotal():
        return language.say("Nothing in the period before: {period}", period=period)
    return language.say("Compared with {period}", period=period)


def _change(language: Language, now: int, was: int | None, text: str) -> Html:
    """Return how a figure moved, in words and with an arrow; nothing where nothing is compared."""
    say = language.say
    if was is None:
        return Html("")
    if now == was:
        return Html("") if not now else say("➡️ as before")
    if was <= 0 or now < 0:
        arrow = say("↗️ more than before") if now > was else say("↘️ less than before")
        return arrow if was else say("↗️ nothing before")
    moved = round(abs(now - was) * HUNDRED / was)
    percent = f"{language.number(moved)}%" if moved else "<1%"
    if now > was:
        return say("↗️ up {percent}, was {before}", percent=percent, before=text)
    return say("↘️ down {percent}, was {before}", percent=percent, before=text)


def _conversion(
    language: Language, now: StatsTotal, earlier: StatsTotal | None
) -> tuple[Html, Html]:
    say = language.say

    def share(part: int, whole: int) -> str:
        return language.share(part, whole) if whole else "—"

    def was(part: str, whole: int) -> Html:
        if earlier is None or not whole:
            return Html("")
        return say("(was {share})", share=share(getattr(earlier, part), whole))

    visits = now.clicks + now.starts
    visits_before = earlier.clicks + earlier.starts if earlier else 0
    registered_before = earlier.registrations if earlier else 0
    registered = say(
        "🎯 Visits that registered: <b>{share}</b>", share=share(now.registrations, visits)
    )
    pays = say(
        "🎯 Registrations that pay: <b>{share}</b>",
        share=share(now.paying_clients, now.registrations),
    )
    return (
        _beside(registered, was("registrations", visits_before)),
        _beside(pays, was("paying_clients", registered_before)),
    )


def _beside(figure: Html, change: Html) -> Html:
    return Html(f"{figure}  {change}") if change else figure


def period_buttons(
    language: Language, chosen: str, press: ShowFigures | Export, pick: PickPeriod
) -> Rows:
    """Return the presets and the way to any other period; the chosen one is marked."""

    def button(period: str) -> Button:
        name = preset_name(language, period)
        marked = f"• {name}" if period == chosen else name
        return Button(marked, press.model_copy(update={"period": period}))

    other = preset_name(language, "")
    is_other = chosen not in ("today", "week", "month", "last", "all")
    return (
        tuple(button(period) for period in ("today", "week", "month")),
        (
            button("last"),
            button("all"),
            Button(f"• {other}" if is_other else other, pick),
        ),
    )


def _rows(language: Language, view: StatsView, chart: str) -> Rows:
    say = language.say
    code = view.link.code if view.link else ""
    here = ShowFigures(period=view.period, code=code, chart=chart)
    more: tuple[Button, ...] = (
        Button(say("📥 Export"), Export(period=view.period)),
        Button(say("📋 Menu"), Open(screen="menu")),
    )
    by_link: tuple[Button, ...] = ()
    if code:
        by_link = (
            Button(say("📊 All links"), here.model_copy(update={"code": ""})),
            Button(say("🔗 This link"), OwnLink(action="show", code=code)),
        )
    elif view.links > 1:
        by_link = (Button(say("🔗 By link"), here.model_copy(update={"view": "links"})),)
    periods = period_buttons(language, view.period, here, PickPeriod(to="s", about=code))
    return (*periods, by_link, more)


def links_stats_screen(language: Language, view: LinksView) -> Screen:
    """Return what each link brought in a period, the best first."""
    say = language.say
    shown = view.links[:LINKS_SHOWN]
    rows = [
        lines(
            "",
            say("<b>{name}</b>", name=link_name(language, link)),
            say(
                "👆 {visits} · 👤 {registrations} · 💳 {paying} · 💰 {commissions}",
                visits=language.number(total.clicks + total.starts),
                registrations=language.number(total.registrations),
                paying=language.number(total.paying_clients),
                commissions=Money(total.commissions_minor, view.currency),
            ),
        )
        for link, total in shown
    ]
    text = lines(
        say("📊 <b>By link</b> · {period}", period=period_text(language, view.days)),
        say("Visits, registrations, of them paying, commissions; the best first."),
        *rows,
    )
    buttons = [
        Button(link_name(language, link), ShowFigures(period=view.period, code=link.code))
        for link, _ in shown
    ]
    pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (
        Button(say("📊 All links"), ShowFigures(period=view.period)),
        Button(say("📋 Menu"), Open(screen="menu")),
    )
    return Screen(text, (*pairs, back))
