"""The home of choosing a program: of all that are offered, and of those one takes part in."""

from collections.abc import Sequence

from domain.entities.people import Membership, OwnEnrolment
from domain.programs.model import Program, Programs
from handlers.ui.callbacks import ChooseEnrolment, Open, ShowProgram
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen


def programs_screen(language: Language, programs: Programs) -> Screen:
    """Return every program that one can join."""
    say = language.say
    text = lines(
        say("🤝 <b>Programs</b>"),
        say("You can take part in several: each has its own link and its own balance."),
        *(_offer(language, program) for program in programs.values()),
    )
    rows = tuple(
        (Button(short(_title(language, program), 60), ShowProgram(program=program.key)),)
        for program in programs.values()
    )
    return Screen(text, (*rows, (Button(say("📋 Menu"), Open(screen="menu")),)))


def _title(language: Language, program: Program) -> str:
    return program.text(language.code).title


def _offer(language: Language, program: Program) -> Html:
    title = language.say("<b>{title}</b>", title=_title(language, program))
    return lines("", title, program.text(language.code).summary)


def own_programs_screen(
    language: Language,
    own: Sequence[OwnEnrolment],
    membership: Membership | None,
    programs: Programs,
) -> Screen:
    """Return the enrolments that a person can switch between, the present one marked."""
    say = language.say
    current = current_enrolment(own, membership)
    rows = tuple(
        (
            Button(
                ("▶️ " if one == current else "") + enrolment_name(language, one, own, programs),
                ChooseEnrolment(enrolment_id=one.id),
            ),
        )
        for one in own
    )
    text = lines(
        say("🔀 <b>My programs</b>"),
        say("Each has its own link, tier and balance. Which one would you like to work in?"),
    )
    more = (
        Button(say("🤝 All programs"), Open(screen="offers")),
        Button(say("📋 Menu"), Open(screen="menu")),
    )
    return Screen(text, (*rows, more))


def current_enrolment(
    own: Sequence[OwnEnrolment], membership: Membership | None
) -> OwnEnrolment | None:
    """Return where the person works now: the program it chose, else its partner's oldest."""
    if membership is None:
        return None
    here = [one for one in own if one.partner_id == membership.partner_id]
    chosen = [one for one in here if one.program == membership.program]
    return next(iter(chosen or here), None)


def enrolment_name(
    language: Language, one: OwnEnrolment, own: Sequence[OwnEnrolment], programs: Programs
) -> str:
    """Return the program's title, with the partner's name where a person has several."""
    title = short(_title(language, programs[one.program]), 40)
    if len({other.partner_id for other in own}) == 1:
        return title
    return f"{title} — {short(one.partner_name, 30)}"


def heading(
    language: Language,
    own: Sequence[OwnEnrolment],
    membership: Membership | None,
    programs: Programs,
) -> Html | None:
    """Return the line that names where one works; ``None`` where there is one place only."""
    current = current_enrolment(own, membership)
    if current is None or len(own) == 1:
        return None
    return language.say("📁 {program}", program=enrolment_name(language, current, own, programs))
