"""The home of rendering public pages: templates, the reader's language, caching and safety."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import ETag, web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from domain.programs.model import LANGUAGES
from handlers.http.doors import DOORS
from handlers.ui.html import Html
from handlers.ui.language import NAMES, Language
from handlers.ui.qr import qr_path

FOLDER = Path(__file__).parent / "templates"
FRESH_SECONDS = 300
_BULLETS = ("• ", "- ", "* ", "– ", "— ")
_QUALITY_PARTS = 8
"""More wishes than this in one header are passed over."""


def language_of(request: web.Request) -> Language:
    """Return the language that was chosen, else the one that the browser wishes, else ours."""
    languages = request.app[DOORS].languages
    chosen = request.query.get("lang", "")
    if chosen in LANGUAGES:
        return languages.of(chosen)
    return languages.of(_wished(request.headers.get("Accept-Language", "")) or languages.default)


def _wished(header: str) -> str | None:
    wishes: list[tuple[float, int, str]] = []
    for position, part in enumerate(header.split(",")[:_QUALITY_PARTS]):
        name, _, weight = part.partition(";")
        code = name.strip().lower().partition("-")[0]
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if code in LANGUAGES and 0 < quality <= 1:
            wishes.append((-quality, position, code))
    return min(wishes)[2] if wishes else None


def page(
    request: web.Request,
    template: str,
    language: Language,
    values: Mapping[str, object],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    """Return a page; one that the browser has already is answered 304."""
    # A page of an error has nothing that a script could do.
    script = _asset("page.js") if status == web.HTTPOk.status_code else ""
    shared = {**_shared(request, language), "script": Markup(script)}  # noqa: S704 - our own file
    text = _environment().get_template(template).render({**shared, **values})
    body = text.encode()
    response = web.Response(
        body=body, status=status, content_type="text/html", charset="utf-8", headers=headers
    )
    response.headers["Content-Security-Policy"] = _policy()
    response.headers["Content-Language"] = language.code
    response.headers["Vary"] = "Accept-Language, Accept-Encoding"
    if status != web.HTTPOk.status_code:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    tag = hashlib.sha256(body).hexdigest()[:24]
    response.etag = ETag(value=tag, is_weak=True)
    known = request.if_none_match or ()
    if any(each.value in {tag, "*"} for each in known):
        unchanged = web.Response(status=304, headers=response.headers)
        unchanged.headers.popall("Content-Type", None)
        return unchanged
    response.enable_compression()
    return response


def _shared(request: web.Request, language: Language) -> dict[str, object]:
    doors = request.app[DOORS]
    link = doors.bot_link()
    bot_link = link if link.rpartition("/")[2] else ""
    side, drawn = qr_path(f"{bot_link}?start=join") if bot_link else (0, "")

    def say(message: str, **told: object) -> Markup:
        return _markup(language.say(message, **told))

    def say_many(one: str, many: str, count: int, **told: object) -> Markup:
        return _markup(language.say_many(one, many, count, **told))

    return {
        "language": language,
        "own_path": None,
        "names": NAMES,
        "say": say,
        "say_many": say_many,
        "public_url": doors.public_url,
        "bot_link": bot_link,
        "qr_side": side,
        "qr_path": drawn,
        "style": Markup(_asset("style.css")),  # noqa: S704 - our own file
    }


def _markup(text: Html) -> Markup:
    """Return our own HTML for a template, safe in attributes too."""
    return Markup(str(text).replace('"', "&#34;"))  # noqa: S704 - escaped when it was made


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a plain text that belong together: a list, or a paragraph."""

    is_list: bool
    lines: list[str]


def blocks(text: str) -> list[Block]:
    """Return the lists and paragraphs of a program's text, as people write them."""
    found: list[Block] = []
    is_new = True
    for line in text.strip().splitlines():
        words = line.strip()
        is_item = words.startswith(_BULLETS)
        if words and (is_new or found[-1].is_list != is_item):
            found.append(Block(is_item, []))
        if words:
            found[-1].lines.append(words[1:].strip() if is_item else words)
        is_new = not words
    return found


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["blocks"] = blocks
    return environment


@cache
def _asset(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").strip()


@cache
def _policy() -> str:
    """Return what the browser may load: nothing but our own style and script, by their hashes."""
    hashes = {
        name: base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()
        for name in ("style.css", "page.js")
    }
    return (
        f"default-src 'none'; style-src 'sha256-{hashes['style.css']}'; "
        f"script-src 'sha256-{hashes['page.js']}'; connect-src 'self'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
