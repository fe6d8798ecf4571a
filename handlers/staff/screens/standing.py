"""The home of the question before a partner is suspended, ended or reinstated, and its answer."""

from domain.entities.partner import EnrolmentStatus
from domain.entities.standing import STANDING_REASONS, StandingMove, StandingView
from domain.money import Money
from domain.rights import StaffRole, may
from handlers.ui.callbacks import FoundCard
from handlers.ui.callbacks_standing import StandingPress
from handlers.ui.html import Html, bold, code, lines, sentence, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.standing_words import standing_reason, why

NAME_LENGTH = 60


def effects_screen(language: Language, view: StandingView, move: StandingMove) -> Screen:
    """Return what the move does, with numbers, and the reasons to choose from."""
    text = lines(
        move_named(language, view, move),
        "",
        *effect_lines(language, view, move),
        "",
        language.say("Nothing has happened yet. Choose the reason:"),
    )
    rows = tuple(
        (
            Button(
                sentence(standing_reason(language, reason)),
                StandingPress(action="why", move=move, id=view.enrolment.id, reason=reason),
            ),
        )
        for reason in STANDING_REASONS[move]
    )
    return Screen(text, (*rows, (_back(language, view),)))


def move_named(language: Language, view: StandingView, move: StandingMove) -> Html:
    """Return what is about to be done, and to whom."""
    say = language.say
    named = {
        "name": bold(short(view.partner.name, NAME_LENGTH)),
        "code": code(view.enrolment.code),
        "program": view.enrolment.program,
    }
    return {
        StandingMove.SUSPEND: say("⏸ Suspend {name}, code {code}, in {program}?", **named),
        StandingMove.END: say("⛔️ End the part of {name}, code {code}, in {program}?", **named),
        StandingMove.REINSTATE: say("▶️ Reinstate {name}, code {code}, in {program}?", **named),
    }[move]


def effect_lines(language: Language, view: StandingView, move: StandingMove) -> list[Html]:
    """Return what the move does to links, clients, money and people, a line each."""
    say, affected = language.say, view.affected
    if move is StandingMove.REINSTATE:
        return [
            say("• Links: {count}; visits and registrations count again.", count=affected.links),
            say("• Clients: {count}; their payments earn again.", count=affected.clients),
            say("• What registered or paid meanwhile stays without effect; correct it by hand."),
            *_money(language, view, move),
            _told(language, view),
        ]
    is_end = move is StandingMove.END
    links = (
        say("• Links: {count}; they lead to the landing page without code.", count=affected.links)
        if is_end
        else say(
            "• Links: {count}; they work, but registrations through them count for nobody.",
            count=affected.links,
        )
    )
    clients = say(
        "• Clients: {count}; they stay the partner’s, and their payments earn nothing.",
        count=affected.clients,
    )
    lists = [links, clients, *_money(language, view, move), *_asked(language, view, move)]
    return [*lists, _told(language, view), _undo(language, move)]


def _money(language: Language, view: StandingView, move: StandingMove) -> list[Html]:
    say, sheet, affected = language.say, view.sheet, view.affected

    def money(minor: int) -> Money:
        return Money(minor, sheet.currency)

    told = []
    if sheet.held:
        told.append(
            say("• On hold: {amount}; it becomes payable in its time.", amount=money(sheet.held))
        )
    if move is StandingMove.REINSTATE:
        told.append(
            say("• Payable: {amount}; it can be asked for again.", amount=money(sheet.payable))
        )
    else:
        told.append(
            say(
                "• Payable: {amount}; it stays on the balance and cannot be asked for.",
                amount=money(sheet.payable),
            )
        )
    waiting = affected.asked + affected.approved
    if waiting:
        amount = money(affected.asked_minor + affected.approved_minor)
        count = language.number(waiting)
        told.append(
            say("• Pay-outs under way: {count}, {amount}; they wait.", count=count, amount=amount)
            if move is StandingMove.SUSPEND
            else say(
                "• Pay-outs under way: {count}, {amount}; they go on.", count=count, amount=amount
            )
        )
    return told


def _asked(language: Language, view: StandingView, move: StandingMove) -> list[Html]:
    say, affected = language.say, view.affected
    told = []
    if affected.questions:
        told.append(
            say(
                "• Clients’ questions with the partner: {count}; they come to us, and the clients "
                "are told.",
                count=affected.questions,
            )
            if move is StandingMove.END
            else say(
                "• Clients’ questions with the partner: {count}; it can still answer them.",
                count=affected.questions,
            )
        )
    if affected.claims:
        told.append(say("• Open claims: {count}; decide them.", count=affected.claims))
    return told


def _told(language: Language, view: StandingView) -> Html:
    return language.say("• Members: {count}; all are told.", count=view.affected.members)


def _undo(language: Language, move: StandingMove) -> Html:
    if move is StandingMove.END:
        return language.say("• The partner cannot come back by itself. Only /reinstate undoes it.")
    return language.say("• /reinstate undoes it.")


def words_screen(language: Language, view_id: int, move: StandingMove, reason: str) -> Screen:
    """Return the choice to leave the words to the partner out."""
    say = language.say
    without = StandingPress(action="silent", move=move, id=view_id, reason=reason)
    text = lines(
        say("Reason: {reason}", reason=standing_reason(language, reason)),
        say("Reply to the next message with a note for the partner, or press the button."),
    )
    return Screen(text, ((Button(say("➡️ Without a note"), without),),))


def confirm_screen(
    language: Language, view: StandingView, move: StandingMove, reason: str, words: str
) -> Screen:
    """Return everything that will happen, with the button that does it."""
    say = language.say
    text = lines(
        move_named(language, view, move),
        why(language, reason, words),
        "",
        *effect_lines(language, view, move),
    )
    label = {
        StandingMove.SUSPEND: say("⏸ Yes, suspend"),
        StandingMove.END: say("⛔️ Yes, end it"),
        StandingMove.REINSTATE: say("▶️ Yes, reinstate"),
    }[move]
    yes = StandingPress(action="do", move=move, id=view.enrolment.id, reason=reason)
    return Screen(text, ((Button(label, yes),), (_back(language, view),)))


def done_screen(language: Language, view: StandingView) -> Screen:
    """Return how the partner stands now, who decided and why."""
    say, last = language.say, view.last
    name = bold(short(view.partner.name, NAME_LENGTH))
    named = {"name": name, "code": code(view.enrolment.code)}
    words = {
        EnrolmentStatus.ACTIVE: say("▶️ {name}, code {code}, takes part again.", **named),
        EnrolmentStatus.SUSPENDED: say("⏸ {name}, code {code}, is suspended.", **named),
        EnrolmentStatus.ENDED: say("⛔️ The part of {name}, code {code}, has ended.", **named),
    }
    text = lines(
        words[view.enrolment.status],
        why(language, last.reason_code, last.words) if last else None,
        say("Decided by: {name}", name=short(view.last_by or "—", NAME_LENGTH)) if last else None,
        say("Members: {count}; all are told.", count=view.affected.members),
    )
    return Screen(text, ((_back(language, view),),))


def standing_buttons(
    language: Language, role: StaffRole, enrolment_id: int, status: EnrolmentStatus
) -> Rows:
    """Return what a reader with this role may do with the partner from its card."""
    say = language.say

    def press(move: StandingMove) -> StandingPress:
        return StandingPress(action="ask", move=move, id=enrolment_id)

    suspend = Button(say("⏸ Suspend"), press(StandingMove.SUSPEND))
    end = Button(say("⛔️ End"), press(StandingMove.END))
    again = Button(say("▶️ Reinstate"), press(StandingMove.REINSTATE))
    offered = {
        EnrolmentStatus.ACTIVE: ((suspend, "partner.suspend"), (end, "partner.end")),
        EnrolmentStatus.SUSPENDED: ((again, "partner.reinstate"), (end, "partner.end")),
        EnrolmentStatus.ENDED: ((again, "partner.reinstate"),),
    }[status]
    row = tuple(button for button, right in offered if may(role, right))
    return (row,) if row else ()


def _back(language: Language, view: StandingView) -> Button:
    return Button(language.say("🤝 The partner"), FoundCard(what="p", id=view.enrolment.id))
