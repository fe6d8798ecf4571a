"""The home of lists of pay-outs that are paid together: choice, preview, progress, result."""

import hashlib
from collections.abc import Sequence
from datetime import date

from domain.entities.payout import IN_PROGRESS, PayoutStatus
from domain.entities.payout_document import PayoutDocument
from domain.entities.views import PayoutView
from domain.money import Money
from domain.usecases.payouts.lists import PayoutGroup, PayoutList
from handlers.ui.callbacks import OpenPage, PayoutBatch
from handlers.ui.document_words import purpose_of
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import staff_payout_status
from handlers.ui.payout_card import number_of
from handlers.ui.screen import Button, Screen
from handlers.ui.sheets import Table

SHOWN_MAX = 15
FIRST = 8
APPROVED = OpenPage(screen="payouts_approved")


def sums_of(views: Sequence[PayoutView]) -> tuple[Money, ...]:
    """Return the sum of pay-outs in each currency."""
    sums: dict[str, int] = {}
    for view in views:
        amount = view.payout.amount
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def _counted(language: Language, views: Sequence[PayoutView]) -> Html:
    """Return number and sums, such as ``3 pay-outs: 180.00 USD + 20.00 EUR``."""
    count = language.say_many("{count} pay-out", "{count} pay-outs", len(views))
    sums = " + ".join(language.money(amount) for amount in sums_of(views))
    return Html(f"{count}: {bold(sums)}") if views else count


def digest_of(group: PayoutGroup) -> str:
    """Return a short name of a group for a button; keys of programs may be too long for one."""
    return hashlib.sha256(f"{group.program} {group.currency}".encode()).hexdigest()[:16]


def choice_screen(language: Language, groups: Sequence[PayoutGroup]) -> Screen:
    """Return which approved pay-outs can be taken together."""
    say = language.say
    back = (Button(say("⬅️ Back"), OpenPage(screen="payout_queue")),)
    if not groups:
        text = lines(
            say("🏦 <b>Bank list and Done for many</b>"),
            say("No pay-out is approved. Approve some first, then pay them together."),
        )
        return Screen(text, (back,))
    total = sum(group.count for group in groups)
    rows = [(Button(say("All approved ({count})", count=total), PayoutBatch(action="make")),)]
    if total > FIRST:
        first = Button(
            say("The {count} longest waiting", count=FIRST), PayoutBatch(action="first")
        )
        rows.append((first,))
    if len(groups) > 1:
        rows += [(_group_button(language, group),) for group in groups]
    text = lines(
        say("🏦 <b>Bank list and Done for many</b>"),
        *(
            Html(f"• {group.program}: ")
            + language.say_many("{count} pay-out", "{count} pay-outs", group.count)
            + Html(f", {bold(language.money(Money(group.minor, group.currency)))}")
            for group in groups
        ),
        "",
        say(
            "Choose which ones are paid together. The choice is fixed then: what is approved "
            "later is not among them."
        ),
    )
    return Screen(text, (*rows, back))


def _group_button(language: Language, group: PayoutGroup) -> Button:
    amount = language.money(Money(group.minor, group.currency))
    value = PayoutBatch(action="make", group=digest_of(group))
    return Button(f"{short(group.program, 24)} · {amount} ({group.count})", value)


def list_screen(language: Language, chosen: PayoutList, *, note: Html | None = None) -> Screen:
    """Return a list with what can be done with it."""
    say = language.say
    open_ones = [view for view in chosen.views if view.payout.status in IN_PROGRESS]
    waiting = [view for view in open_ones if view.payout.id not in chosen.lacking]
    rest = len(chosen.views) - len(open_ones)
    text = lines(
        say("🏦 <b>Bank list {number}</b>", number=number_of(chosen.id)),
        _counted(language, waiting),
        language.say_many("{count} is decided already.", "{count} are decided already.", rest)
        if rest
        else None,
        "",
        *_rows(language, waiting),
        _own(language, chosen),
        _lacking(language, chosen),
        note,
    )
    back = (Button(say("⬅️ Back"), PayoutBatch(action="choose")),)
    if not waiting:
        return Screen(text, (back,))

    def press(action: str) -> PayoutBatch:
        return PayoutBatch(action=action, id=chosen.id)

    rows = (
        (Button(say("📄 CSV for the bank"), press("csv")), Button("📊 XLSX", press("xlsx"))),
        (Button(say("💸 All of these are paid…"), press("ask")),),
        back,
    )
    return Screen(text, rows)


def _rows(language: Language, views: Sequence[PayoutView]) -> list[Html]:
    rows = [
        Html(f"{code(number_of(view.payout.id))} · {bold(language.money(view.payout.amount))} · ")
        + short(view.partner_name, 30)
        for view in views[:SHOWN_MAX]
    ]
    left = len(views) - SHOWN_MAX
    if left > 0:
        rows.append(language.say_many("… and {count} more", "… and {count} more", left))
    return rows


def _own(language: Language, chosen: PayoutList) -> Html | None:
    if not chosen.own:
        return None
    return language.say_many(
        "👥 {count} of them you approved yourself: it needs another person and will be skipped.",
        "👥 {count} of them you approved yourself: they need another person and will be skipped.",
        len(chosen.own),
    )


def _lacking(language: Language, chosen: PayoutList) -> Html | None:
    """Return how many are not paid with the others, and what they wait for."""
    count = chosen.left_out + len(chosen.lacking)
    if not count:
        return None
    return language.say_many(
        "📎 {count} is left out: it waits for a signed copy or a receipt that you accept. Do not "
        "pay it yet.",
        "📎 {count} are left out: they wait for a signed copy or a receipt that you accept. Do "
        "not pay them yet.",
        count,
    )


def settle_question(language: Language, chosen: PayoutList, today: date) -> Screen:
    """Return the one question before all of a list is marked as done."""
    say = language.say
    ready = [
        view
        for view in chosen.views
        if view.payout.status in IN_PROGRESS and view.payout.id not in chosen.own | chosen.lacking
    ]
    if not ready:
        return list_screen(language, chosen)
    text = lines(
        say("🏦 <b>Bank list {number}</b>", number=number_of(chosen.id)),
        say("Mark as done, paid today ({date}):", date=language.day(today)),
        _counted(language, ready),
        _own(language, chosen),
        _lacking(language, chosen),
        "",
        say("Each partner is told. What was decided meanwhile is skipped and named."),
    )
    rows = (
        (
            Button(
                language.say_many(
                    "✅ Yes, {count} is paid", "✅ Yes, {count} are paid", len(ready)
                ),
                PayoutBatch(action="settle", id=chosen.id),
            ),
        ),
        (
            Button(say("📅 Paid yesterday"), PayoutBatch(action="settle_1", id=chosen.id)),
            Button(say("⬅️ Back"), PayoutBatch(action="show", id=chosen.id)),
        ),
    )
    return Screen(text, rows)


def progress_screen(language: Language, done: int, total: int) -> Screen:
    """Return how far it is."""
    return Screen(language.say("⏳ Marking as done: {done} of {total}", done=done, total=total))


def result_screen(
    language: Language,
    list_id: int,
    done: Sequence[PayoutView],
    before: Sequence[PayoutView],
    skipped: Sequence[tuple[PayoutView, Html]],
) -> Screen:
    """Return what came of it: done now, done before by the same person, skipped and why."""
    say = language.say
    reasons = [
        Html(f"{code(number_of(view.payout.id))} · {language.money(view.payout.amount)} — ") + why
        for view, why in skipped[:SHOWN_MAX]
    ]
    left = len(skipped) - SHOWN_MAX
    text = lines(
        say("🏦 <b>Bank list {number}</b>", number=number_of(list_id)),
        say("✅ Done: {what}", what=_counted(language, done)),
        say("☑️ Done by you before: {what}", what=_counted(language, before)) if before else None,
        say("⏭ Skipped: {what}", what=_counted(language, [view for view, _ in skipped]))
        if skipped
        else None,
        *reasons,
        language.say_many("… and {count} more", "… and {count} more", left) if left > 0 else None,
    )
    return Screen(text, ((Button(say("💸 Pay-outs"), OpenPage(screen="payout_queue")),),))


def stale_words(language: Language, view: PayoutView) -> Html:
    """Return what a pay-out has become, and by whom."""
    status = staff_payout_status(language, view.payout.status)
    by = view.settled_by_name if view.payout.status is not PayoutStatus.APPROVED else None
    return Html(f"{status} · ") + short(by, 40) if by else status


def bank_table(language: Language, chosen: PayoutList, today: date) -> Table:
    """Return the rows for the bank, the first one with names of columns."""
    say = language.say
    head = (
        say("Date"),
        say("Request"),
        say("Partner"),
        say("Account"),
        say("Amount"),
        say("Currency"),
        say("Purpose"),
    )
    rows = [
        (
            today.isoformat(),
            number_of(view.payout.id),
            " ".join(view.partner_name.split()),
            view.payout.account,
            str(view.payout.amount),
            view.payout.amount.currency,
            _purpose(language, view, chosen.documents.get(view.payout.id)),
        )
        for view in chosen.views
    ]
    return [tuple(map(str, row)) for row in (head, *rows)]


def _purpose(language: Language, view: PayoutView, document: PayoutDocument | None) -> str:
    """Return the purpose as it stands on the partner's invoice, in the program's wording (R22)."""
    if document is not None:
        return purpose_of(Language(document.language, language.zone), document)
    say = language.say
    number = number_of(view.payout.id)
    return str(
        say("Partner commission, request {number}, code {code}", number=number, code=view.code)
    )
