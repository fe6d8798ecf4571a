"""The home of what staff see of adjusting a balance."""

from collections.abc import Sequence

from domain.entities.adjustment import AdjustmentStatus
from domain.usecases.adjustments.enter import AdjustmentView
from handlers.ui.callbacks import AdjustCard
from handlers.ui.html import Html, code, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 60


def rest_question(language: Language, given: Sequence[str]) -> Screen:
    """Return the question for what an adjustment still lacks: code, amount, reason."""
    say = language.say
    match given:
        case []:
            question = say(
                "Reply with the partner’s code, the amount (with a minus to take away) and the "
                "reason, for example:\n<code>k4m7xw2a -10.00 paid twice in May</code>"
            )
        case [first]:
            question = say(
                "Code {code}: reply with the amount (with a minus to take away) and the reason, "
                "for example:\n<code>-10.00 paid twice in May</code>",
                code=code(first),
            )
        case _:
            question = say(
                "Code {code}, {amount}: reply with the reason.",
                code=code(given[0]),
                amount=given[1],
            )
    return Screen(question, asks=("k4m7xw2a -10.00 …", "-10.00 …", "…")[len(given)])


def adjustment_card(language: Language, view: AdjustmentView) -> Screen:
    """Return an adjustment with the buttons that its state allows."""
    say = language.say
    text = lines(
        _head(language, view),
        say(
            "Partner: {name}, code {code}",
            name=short(view.partner_name, NAME_LENGTH),
            code=code(view.code),
        ),
        say("Amount: <b>{amount}</b>", amount=view.amount),
        say("Reason: {reason}", reason=short(view.adjustment.reason, 500)),
        *_effect(language, view),
    )
    return Screen(text, _buttons(language, view))


def _head(language: Language, view: AdjustmentView) -> Html:
    say = language.say
    if view.is_undone:
        return say("⚖️ <b>Correction undone</b> by an opposite one")
    match view.adjustment.status:
        case AdjustmentStatus.ASKED:
            return say("⚖️ <b>Correct this balance?</b>")
        case AdjustmentStatus.BOOKED:
            name = short(view.by_name or "—", NAME_LENGTH)
            if view.adjustment.asked_by != view.adjustment.decided_by:
                asker = short(view.asked_by_name or "—", NAME_LENGTH)
                return say(
                    "⚖️ <b>Balance corrected</b>: {asker} asked, {name} confirmed",
                    asker=asker,
                    name=name,
                )
            return say("⚖️ <b>Balance corrected</b> by {name}", name=name)
        case AdjustmentStatus.DROPPED:
            return say("⚖️ <b>Correction dropped</b>, nothing has moved")


def _effect(language: Language, view: AdjustmentView) -> list[Html | None]:
    say = language.say
    if view.adjustment.status is not AdjustmentStatus.ASKED or view.is_undone:
        return [say("Payable now: {amount}", amount=view.payable)]
    after = view.payable + view.amount
    return [
        say("Payable: {before}, then {after}", before=view.payable, after=after),
        say("The balance becomes negative: later commissions fill it first.")
        if after.minor < 0
        else None,
        say("The partner’s admins are told of it with the reason."),
        say("The sum is large: another person has to confirm it.") if view.needs_another else None,
    ]


def _buttons(language: Language, view: AdjustmentView) -> Rows:
    say, number = language.say, view.adjustment.id
    if view.is_undone:
        return ()
    match view.adjustment.status:
        case AdjustmentStatus.ASKED:
            return (
                (
                    Button(say("✅ Confirm"), AdjustCard(action="confirm", adjustment_id=number)),
                    Button(say("✖️ Cancel"), AdjustCard(action="drop", adjustment_id=number)),
                ),
            )
        case AdjustmentStatus.BOOKED:
            return ((Button(say("↩️ Undo"), AdjustCard(action="undo", adjustment_id=number)),),)
        case AdjustmentStatus.DROPPED:
            return ()
