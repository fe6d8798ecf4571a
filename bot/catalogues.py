"""The home of the message catalogues: collecting texts from the code and checking translations."""

import io
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "locales"
LANGUAGES = ("en", "ru", "uk", "bg")
KEYWORDS = {"say": None, "say_many": (1, 2)}
SOURCES = ("handlers", "bot")
_TAG = re.compile(r"</?[a-z]+>")
_NOISE_NAMES = (
    "POT-Creation-Date|PO-Revision-Date|Last-Translator|Report-Msgid-Bugs-To|Generated-By|"
    "Project-Id-Version|Language-Team"
)
_HEADER_NOISE = (rf'^"(?:{_NOISE_NAMES}):.*\n', r"\A(?:#[^\n]*\n)+")
_WORD = re.compile(r"[A-Za-z]{3,}")


def collect() -> Catalog:
    """Return every text that the code says, with where it is said."""
    catalogue = Catalog(project="partner-bot", charset="utf-8")
    for source in SOURCES:
        found = extract_from_dir(
            ROOT / source,
            method_map=[
                ("simulator/**", "ignore"),
                ("commands/**", "ignore"),
                ("**.py", "python"),
                ("**.html", "jinja2"),
            ],
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
        )
        for file, line, message, comments, _context in found:
            catalogue.add(message, None, [(f"{source}/{file}", line)], auto_comments=comments)
    return catalogue


def load(language: str) -> Catalog:
    """Return a language's catalogue; an empty one where there is none yet."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, project="partner-bot", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def extract() -> None:
    """Write messages.pot and merge it into every language; what is gone goes."""
    _write(FOLDER / "messages.pot", collect())
    for language in LANGUAGES:
        catalogue = load(language)
        catalogue.update(collect(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if language == "en":
            for message in catalogue:
                if message.id:
                    message.string = message.id
        _write(FOLDER / f"{language}.po", catalogue)


def _write(path: Path, catalogue: Catalog) -> None:
    out = io.BytesIO()
    write_po(out, catalogue, width=99, sort_output=True, omit_header=False, no_location=True)
    # Dates of creation would change the file each time without any change in it.
    text = out.getvalue().decode()
    for line in _HEADER_NOISE:
        text = re.sub(line, "", text, flags=re.MULTILINE)
    path.write_text(text.lstrip("\n"), encoding="utf-8")


def problems() -> Iterator[str]:
    """Yield what is wrong in the catalogues, a sentence each."""
    said = {_key(message.id) for message in collect() if message.id}
    for language in LANGUAGES:
        catalogue = load(language)
        kept = {_key(message.id): message for message in catalogue if message.id}
        for missing in sorted(said - set(kept)):
            yield f"{language}: missing “{missing}”; run `make messages`"
        for unused in sorted(set(kept) - said):
            yield f"{language}: unused “{unused}”; run `make messages`"
        for message in kept.values():
            yield from _message_problems(language, catalogue, message)
        try:
            write_mo(io.BytesIO(), catalogue)
        except ValueError as error:
            yield f"{language}: cannot be compiled: {error}"


def _key(message_id: object) -> str:
    return message_id[0] if isinstance(message_id, list | tuple) else str(message_id)


def _message_problems(language: str, catalogue: Catalog, message: Message) -> Iterator[str]:
    sources = [*message.id] if isinstance(message.id, list | tuple) else [str(message.id)]
    told = message.string
    targets = [*told] if isinstance(told, list | tuple) else [str(told or "")]
    name = f"{language}: “{sources[0]}”"
    if message.fuzzy:
        yield f"{name} is marked fuzzy"
    if not all(targets):
        yield f"{name} is not translated"
        return
    if len(sources) > 1 and len(targets) != catalogue.num_plurals:
        yield f"{name} needs {catalogue.num_plurals} plural forms"
    for target in targets:
        if _placeholders(target) != _placeholders(sources[-1]):
            yield f"{name}: placeholders differ in “{target}”"
        if _tags(target) != _tags(sources[0]):
            yield f"{name}: tags differ in “{target}”"
        if language != "en" and target == sources[0] and _has_words(target):
            yield f"{name} is left in English"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _tags(text: str) -> list[str]:
    return sorted(_TAG.findall(text))


def _has_words(text: str) -> bool:
    """Test if a text has words to translate, beside placeholders, tags and codes."""
    bare = re.sub(r"\{[a-z_]+\}|<code>.*?</code>|</?[a-z]+>|/[a-z]+", " ", text)
    return bool(_WORD.search(bare))


def main(arguments: list[str]) -> int:
    """Run `extract` or `check`; return the exit code."""
    if arguments == ["extract"]:
        extract()
        return 0
    if arguments == ["check"]:
        found = list(problems())
        sys.stdout.writelines(f"{problem}\n" for problem in found)
        return 1 if found else 0
    sys.stderr.write("usage: python -m bot.catalogues extract | check\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
