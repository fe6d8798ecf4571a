"""The home of the help by topic: what is the matter, what to do, and the screen for it (R47).

To add an article, add one ``Article``: whom it is for, title, text, the screen it leads to.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from domain.entities.people import Caller
from handlers.ui.callbacks import ClientCard, Open
from handlers.ui.callbacks_person import OpenArticle
from handlers.ui.html import Html, bold, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.sections import Reader, in_twos, reader_of

Say = Callable[..., Html]


@dataclass(frozen=True, slots=True)
class Article:
    """One topic of the help.

    Attributes:
        key: Names it in buttons.
        reader: Whom it is for.
        title: Says what is the matter.
        text: Says what to look at, in order.
        button: Says where the button leads.
        opens: The screen concerned.
    """

    key: str
    reader: Reader
    title: Callable[[Say], Html]
    text: Callable[[Say], Html]
    button: Callable[[Say], Html]
    opens: CallbackData


ARTICLES: tuple[Article, ...] = (
    Article(
        "money",
        Reader.ADMIN,
        lambda say: say("💰 No money shows up"),
        lambda say: lines(
            say("1. Has the client paid? Only payments earn, registrations do not."),
            say("2. Does the payment stand in the list, with the reason why it earned nothing?"),
            say("3. Is it on hold? Then the balance says so, and the money comes by itself."),
            say(
                "4. Have the client’s months of earning ended? "
                "The list of referrals says until when."
            ),
            say("5. Did the client get a refund? Then the commission was taken back."),
        ),
        lambda say: say("🧾 Payments"),
        Open(screen="payments"),
    ),
    Article(
        "missing",
        Reader.MEMBER,
        lambda say: say("👤 A client is missing"),
        lambda say: lines(
            say("1. The client must open your link first and register afterwards."),
            say("2. The registration must come within the days that the rules name."),
            say("3. A client who clicked another partner’s link earlier belongs to that partner."),
            say("4. Earlier customers and members of your team do not count."),
            say(
                "5. Without cookies or in a private window the click may be lost: "
                "your code helps then."
            ),
        ),
        lambda say: say("👥 Referrals"),
        Open(screen="referrals"),
    ),
    Article(
        "refused",
        Reader.ADMIN,
        lambda say: say("❌ A pay-out was refused"),
        lambda say: lines(
            say("1. The list of pay-outs shows the reason and the words of the vendor."),
            say("2. The money is back on your balance: nothing is lost."),
            say("3. Wrong account? Ask again and type the right one; check the holder’s name."),
            say(
                "4. A button is missing? The balance must reach the minimum, "
                "and your account ID must be named."
            ),
        ),
        lambda say: say("📤 Pay-outs"),
        Open(screen="payouts"),
    ),
    Article(
        "less",
        Reader.ADMIN,
        lambda say: say("📉 I earned less than I thought"),
        lambda say: lines(
            say(
                "1. The rate is that of your tier on the day of the payment; "
                "earlier ones stay as they were."
            ),
            say(
                "2. A refund takes its part of the commission back, also after it was paid to you."
            ),
            say("3. Refunds can lower the number of paying clients, and with it the tier."),
        ),
        lambda say: say("🏆 My tier"),
        Open(screen="tier"),
    ),
    Article(
        "link",
        Reader.MEMBER,
        lambda say: say("🔗 How to share the link"),
        lambda say: lines(
            say("1. Copy it or press Share; the QR code is for paper and screens."),
            say("2. In any chat type @ and the name of this bot: a card with your link appears."),
            say("3. What is not allowed stands in the rules; such clients do not count."),
        ),
        lambda say: say("🔗 My link"),
        Open(screen="link"),
    ),
    Article(
        "noise",
        Reader.MEMBER | Reader.CLIENT,
        lambda say: say("🔔 Too many messages"),
        lambda say: lines(
            say("1. Switch off the kinds that you do not need."),
            say("2. Set quiet hours: what comes at night waits for the morning."),
            say("3. Decisions about you and answers to what you asked for always come."),
        ),
        lambda say: say("⚙️ Settings"),
        Open(screen="settings"),
    ),
    Article(
        "invited",
        Reader.OUTSIDER,
        lambda say: say("🎁 Somebody invited me"),
        lambda say: lines(
            say("1. Open the link from that person: it leads here and names who invited you."),
            say("2. Press the button that shares your own contact: so you register."),
            say(
                "3. Your data shows who invited you and your client ID; you can erase it any time."
            ),
        ),
        lambda say: say("🙋 My data"),
        ClientCard(action="my"),
    ),
    Article(
        "earn",
        Reader.OUTSIDER,
        lambda say: say("🤝 How partners earn"),
        lambda say: lines(
            say("1. Read the rules and press Activate: you have your link at once."),
            say("2. Share it. Whoever registers through it is your client."),
            say(
                "3. When the client pays, you earn your share; "
                "the rules say how much and how long."
            ),
        ),
        lambda say: say("🤝 Become a partner"),
        Open(screen="join"),
    ),
    Article(
        "data",
        Reader.EVERYONE,
        lambda say: say("🔒 What is stored about me"),
        lambda say: lines(
            say("1. You see all of it, and can take it out as a file."),
            say("2. You can erase it; the books stay without your name, as the law asks."),
        ),
        lambda say: say("🔒 My privacy"),
        Open(screen="privacy"),
    ),
)


def article_rows(language: Language, caller: Caller) -> Rows:
    """Return the topics for this person, as buttons."""
    reader = reader_of(caller)
    return in_twos(
        [
            Button(article.title(language.say), OpenArticle(key=article.key))
            for article in ARTICLES
            if article.reader & reader
        ]
    )


def article_screen(language: Language, key: str) -> Screen | None:
    """Return an article with the way to the screen concerned, ``None`` for an unknown one."""
    found = next((article for article in ARTICLES if article.key == key), None)
    if found is None:
        return None
    say = language.say
    text = lines(bold(found.title(say)), "", found.text(say))
    rows = (
        (Button(found.button(say), found.opens),),
        (
            Button(say("❓ Help"), Open(screen="help")),
            Button(say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)
