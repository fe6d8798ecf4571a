"""The home of what staff see of papers and of e-mails that did not arrive."""

from collections.abc import Sequence

from domain.entities.mail import Mail
from domain.entities.paper import Paper
from domain.ids import encode
from domain.rights import StaffRole, may
from domain.usecases.mails.undelivered import MailState
from domain.usecases.papers.link import NewPaperLink
from handlers.ui.callbacks_papers import MailPress, PaperLinkPress, PaperPress
from handlers.ui.html import Html, code, lines, plain, safe, short
from handlers.ui.language import Language
from handlers.ui.paper_words import paper_kind, paper_line
from handlers.ui.screen import Button, Rows, Screen

LINES_MAX = 40


def papers_screen(language: Language, papers: Sequence[Paper], role: StaffRole | None) -> Screen:
    """Return the papers of a dossier; who may not open them sees what there is."""
    say = language.say
    if not papers:
        return Screen(say("📁 There are no papers here: none was handed in, or they were erased."))
    shown = papers[:LINES_MAX]
    text = lines(
        say("📁 <b>Papers</b>"),
        *(paper_line(language, paper) for paper in shown),
        language.say_many("… and {count} more.", "… and {count} more.", len(papers) - len(shown))
        if len(papers) > len(shown)
        else None,
        say(
            "A paper comes into your private chat with me; 🔗 brings a link for one look in a "
            "browser. Each look is in the audit trail."
        )
        if may(role, "paper.open")
        else say("Your role sees what there is, not the papers themselves."),
    )
    if not may(role, "paper.open"):
        return Screen(text)
    return Screen(text, tuple((_button(language, paper), _link(paper)) for paper in shown))


def _link(paper: Paper) -> Button:
    return Button("🔗", PaperLinkPress(paper_id=paper.id))


def link_screen(language: Language, made: NewPaperLink) -> Screen:
    """Return a link to a paper, for whoever asked for it."""
    say = language.say
    kind, page = paper_kind(language, made.paper.kind), made.paper.page
    text = lines(
        say("🔗 <b>{kind}, page {page}</b>", kind=kind, page=page),
        safe(made.url),
        "",
        say(
            "It shows the paper once, in any browser, until {at}. Give it to nobody.",
            at=made.expires_at,
        ),
    )
    return Screen(text)


def _button(language: Language, paper: Paper) -> Button:
    kind = plain(paper_kind(language, paper.kind))
    return Button(f"📄 {short(kind, 24)} · {paper.page}", PaperPress(paper_id=paper.id))


def paper_caption(language: Language, paper: Paper) -> Html:
    """Return what stands under a paper that is shown."""
    return lines(
        paper_line(language, paper),
        language.say("Please delete this message when you are done: it is personal data."),
    )


def mails_screen(language: Language, state: MailState, role: StaffRole | None) -> Screen:
    """Return the e-mails that did not arrive."""
    say, counts = language.say, state.counts
    waiting = language.say_many(
        "{count} waits to be sent.", "{count} wait to be sent.", counts.waiting
    )
    if not counts.undelivered:
        head = say("📮 <b>E-mails that did not arrive</b>")
        return Screen(lines(head, say("✅ Nothing is stuck."), waiting))
    text = lines(
        say("📮 <b>E-mails that did not arrive</b>"),
        *(_mail_line(language, mail) for mail in state.undelivered),
        waiting if counts.waiting else None,
        say("5xx: the mail server refused it for good; the address may be wrong."),
    )
    return Screen(text, _mail_buttons(language, state, role))


def _mail_line(language: Language, mail: Mail) -> Html:
    return language.say(
        "• {kind} to {address}, {at}: {error}",
        kind=code(mail.kind if mail.about is None else f"{mail.kind} {mail.about}"),
        address=short(mail.recipient, 60),
        at=mail.created_at,
        error=short(mail.error or "—", 60),
    )


def _mail_buttons(language: Language, state: MailState, role: StaffRole | None) -> Rows:
    say, rows = language.say, []
    if may(role, "mail.retry"):
        rows.append((Button(say("🔁 Send all again"), MailPress(action="all")),))
        rows += [
            (
                Button(
                    f"🔁 {short(mail.kind, 30)} {encode(mail.id)[-6:]}",
                    MailPress(action="one", id=mail.id),
                ),
            )
            for mail in state.undelivered
        ]
    if state.has_more:
        last = state.undelivered[-1].id
        rows.append((Button(say("More ▶️"), MailPress(action="show", id=last)),))
    return tuple(rows)
