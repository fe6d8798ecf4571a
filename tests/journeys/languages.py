"""What every walk through the languages needs: what was shown, and what is left in English."""

import re
from collections.abc import Callable
from datetime import UTC

import pytest

from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.wire import Json
from handlers.ui.html import Html
from handlers.ui.language import Language
from tests.journeys.world import JourneyWorld

# What is the same in every language: ids, codes, commands, addresses, names of this test, units.
UNTRANSLATED = re.compile(
    r"https?://\S+|\S+@\S+|/[a-z_]+|\b(?:bot|staff|crm|saas)-[\w-]*|@\w+|[ru]_\w+|"
    r"\b(?:WHO|ann|PDF|JPEG|PNG|HEIC|org|pdf|nosuch|nosuchone|can_send_messages|Anna|Carla|Olena|IBAN|QR|Telegram|USD|EUR|ID|CRM|DE89|English|SamplePartnerBot|"
    r"(?i:email)|XXX|UAH|UTC|SWIFT|chargeback|won|nobody|nothing|Gone|Start|Plus|Pro|CSV|XLSX|Excel|"
    r"HTML|JSON|cookie|amount|currency|paid_at|payment_id|client_id|webhook-id|outbound_url|"
    r"evt_42|payment\.succeeded|exchange_rate|data\.\w+|chat_id|can_manage_topics)\b"
)
COPIED = re.compile(r"<code>.*?</code>|</?\w+>|\b[a-z]*\d\w*")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


def texts_of(shown: Json) -> list[str]:
    buttons = [b["text"] for row in shown.get("inline_keyboard") or [] for b in row]
    keyboard = shown.get("reply_keyboard") or {"rows": []}
    keys = [b["text"] for row in keyboard["rows"] for b in row]
    placeholder = (shown.get("force_reply") or {}).get("placeholder") or ""
    return [shown["text"] or "", *buttons, *keys, placeholder]


def left_in_english(texts: list[str], codes: set[str]) -> set[str]:
    found = set()
    for text in texts:
        bare = UNTRANSLATED.sub(" ", text)
        for code in codes:
            bare = bare.replace(code, " ")
        found |= {word for word in LATIN_WORD.findall(bare) if word not in codes}
    return found


async def say(person: PersonActor, text: str, chat: GroupActor | None = None) -> None:
    """Type and wait for any answer of the bot."""
    await person.sends(text, chat=chat)
    await person.sees("", chat=chat)


async def shown_to_anybody(world: JourneyWorld) -> list[str]:
    """Return every text and label that the bot has sent."""
    shown: list[Json] = []
    state = await world.sim.state()
    for chat_id in [*(person["id"] for person in state["people"]), world.staff.id]:
        shown += [m for m in await world.sim.messages(chat_id) if m["from"]["is_bot"]]
    return [text for message in shown for text in texts_of(message)]


class Heard:
    """What was said on a walk in one language, to be said again in another."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Listen from now on."""
        self._said: dict[tuple[object, ...], Callable[[Language], Html]] = {}
        for name in ("say", "say_many"):
            patch.setattr(Language, name, self._heard(getattr(Language, name)))

    def _heard(self, speak: Callable[..., Html]) -> Callable[..., Html]:
        def said(language: Language, /, *words: str, **values: object) -> Html:
            text = speak(language, *words, **values)
            # What stands in the places of a text is no part of it.
            empty = {name: "" if isinstance(one, str) else one for name, one in values.items()}
            self._said[words] = lambda other: speak(other, *words, **empty)
            return text

        return said

    def again(self, language: Language) -> list[str]:
        """Return all of it in another language, without what is typed or copied as it stands."""
        return [COPIED.sub(" ", say(language)) for say in self._said.values()]

    def left_in_english_elsewhere(self, codes: set[str], *, at_least: int) -> list[str]:
        """Return the English words that the other languages would have shown."""
        left: set[str] = set()
        for code in ("uk", "bg"):
            said = self.again(Language(code, UTC))
            assert len(said) >= at_least
            left |= left_in_english(said, codes)
        return sorted(left)
