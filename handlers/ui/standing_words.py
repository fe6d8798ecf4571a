"""The home of the words of how a partner stands: reasons, notices and refusals."""

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.standing import StandingMove
from domain.programs.model import Program
from domain.rights import MemberRole
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen

Params = dict[str, object]
Facts = dict[str, object]
WORDS_LENGTH = 900


def standing_reason(language: Language, reason: str) -> Html:
    """Return a coded reason as people read it."""
    say = language.say
    names = {
        "check": say("a check is under way"),
        "promotion": say("a forbidden way of promotion"),
        "rules": say("the rules were broken"),
        "papers": say("papers are missing"),
        "asked": say("the partner asked for it"),
        "fraud": say("fraud"),
        "inactive": say("no activity"),
        "cleared": say("everything is cleared up"),
        "mistake": say("it was a mistake"),
        "other": say("another reason"),
    }
    return names.get(reason, names["other"])


def why(language: Language, reason: str, words: str) -> Html:
    """Return the reason with the words of staff, where there are any."""
    say = language.say
    told = say("Reason: {reason}", reason=standing_reason(language, reason))
    return lines(told, say("“{words}”", words=short(words, WORDS_LENGTH))) if words else told


def _standing(language: Language, params: Params, program: Program | None) -> Screen:
    say, move = language.say, StandingMove(str(params["move"]))
    title = program.text(language.code).title if program else str(params.get("program", ""))
    head = {
        StandingMove.SUSPEND: say(
            "⏸ <b>Your participation in “{title}” is suspended.</b>", title=title
        ),
        StandingMove.END: say(
            "⛔️ <b>Your participation in “{title}” was ended by the vendor.</b>", title=title
        ),
        StandingMove.REINSTATE: say("▶️ <b>You take part in “{title}” again.</b>", title=title),
    }[move]
    is_admin = params["role"] == MemberRole.ADMIN.value
    text = lines(
        head,
        why(language, str(params["reason_code"]), str(params["words"])),
        "",
        *_means(language, move, is_admin=is_admin),
    )
    rows = (
        (Button(say("💬 Support"), Open(screen="support")),),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )
    return Screen(text, rows)


def _means(language: Language, move: StandingMove, *, is_admin: bool) -> list[Html]:
    say = language.say
    if move is StandingMove.REINSTATE:
        return [
            say(
                "Code, clients and balance are as they were. Registrations and payments count "
                "again from now on."
            )
        ]
    told = [say("• Registrations through your links do not count, and payments earn nothing.")]
    if not is_admin:
        return told
    if move is StandingMove.SUSPEND:
        told += [
            say("• What you have earned stays. Pay-outs and conversions wait."),
            say("• You still see everything, can answer, object and export your data."),
        ]
    else:
        told += [
            say("• Your links lead on to the vendor’s site, but without your code."),
            say("• Pay-outs that you asked for go on; the rest stays on the balance."),
        ]
    return [*told, say("If you think this is wrong, write to the vendor.")]


def money_of_stopped(language: Language, enrolment: Enrolment) -> Html:
    """Return what becomes of the balance of a partner that takes no part now."""
    say = language.say
    if enrolment.status is EnrolmentStatus.SUSPENDED:
        return say(
            "Your participation is suspended: pay-outs and conversions wait. What you have earned "
            "stays. Please ask the vendor: /support"
        )
    if enrolment.left_at is not None:
        return say(
            "You have left this program. What you have earned stays; accept the rules again, "
            "and you can ask for it: /join"
        )
    return say(
        "Your participation was ended by the vendor: pay-outs that you asked for go on, and "
        "nothing more can be asked for. What you have earned stays. Please ask the vendor: "
        "/support"
    )


def links_of_stopped(language: Language, status: EnrolmentStatus) -> Html:
    """Return what the links of a partner do that the vendor suspended or ended."""
    if status is EnrolmentStatus.SUSPENDED:
        return language.say(
            "⏸ Your participation is suspended: your links open the vendor’s site, but whoever "
            "registers through them now counts for nobody. Please do not share them until you "
            "take part again."
        )
    return language.say(
        "⛔️ Your participation was ended by the vendor: your links open the vendor’s site without "
        "your code, and whoever registers through them counts for nobody."
    )


NOTICES_OF_STANDING = {"partner_standing": _standing}


def _unchanged(language: Language, facts: Facts) -> Html:
    say = language.say
    words = {
        "active": say("The partner takes part already."),
        "suspended": say("The partner is suspended already."),
        "ended": say("The partner’s participation has ended already."),
    }
    told = words[str(facts["status"])]
    if not facts.get("by_name"):
        return told
    name = bold(short(str(facts["by_name"]), 60))
    return lines(told, say("Decided last by: {name}", name=name))


def _left(language: Language, facts: Facts) -> Html:
    return language.say(
        "The partner {code} left the program by its own act. It comes back by accepting the rules "
        "again; /end {code} keeps it from doing so.",
        code=code(facts["code"]),
    )


def _nobody(language: Language, facts: Facts) -> Html:
    return language.say(
        "Nobody belongs to the partner {code} any more: its last member left and was erased.",
        code=code(facts["code"]),
    )


def own_partner(language: Language, _facts: Facts) -> Html:
    """Say that nobody decides about a partner one belongs to."""
    return language.say("You belong to this partner, so somebody else must decide.")


def _payout(language: Language, facts: Facts) -> Html:
    return language.say(
        "The partner is suspended, so it is not paid. The pay-out waits: reject it, or let the "
        "partner go on first: /reinstate {code}",
        code=code(facts["code"]),
    )


REFUSALS_OF_STANDING = {
    "standing_unchanged": _unchanged,
    "left_by_itself": _left,
    "nobody_left": _nobody,
    "own_partner": own_partner,
    "payout_of_suspended": _payout,
}
