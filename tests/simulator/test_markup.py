"""The parse modes: what they make, and Telegram's refusals with byte offsets."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.actors import PersonActor
from bot.simulator.text.autolinks import with_found_entities
from bot.simulator.text.formatted import cleaned, utf16_length
from bot.simulator.text.html import MarkupError, parse_html
from bot.simulator.text.markdown import parse_markdown
from bot.simulator.text.markdown_legacy import parse_legacy_markdown
from bot.simulator.text.render import render_html
from tests.simulator.support import Raw


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("яя<x>a</x>", 'Unsupported start tag "x" at byte offset 4'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        (
            "<b foo>x</b>",
            'Expected equal sign in declaration of an attribute of the tag "b" at byte offset 0',
        ),
        ("<a href=x!>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            '<span class="red">x</span>',
            'Tag "span" must have class "tg-spoiler" at byte offset 0',
        ),
    ],
)
def test_html_refusals(text: str, refusal: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_html(text)
    assert str(caught.value) == refusal


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
def test_every_plain_tag(tag: str, kind: str) -> None:
    parsed = parse_html(f"a<{tag}>x</{tag}>")
    assert parsed.entities == [{"type": kind, "offset": 1, "length": 1}]


def test_tags_with_attributes() -> None:
    text = (
        '<a href="https://x.com/?a=1&amp;b=2">l</a><pre><code class="language-py">c</code></pre>'
        '<span class="tg-spoiler">s</span><blockquote expandable>q</blockquote>'
        '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>'
    )
    assert parse_html(text).entities == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://x.com/?a=1&b=2"},
        {"type": "pre", "offset": 1, "length": 1, "language": "py"},
        {"type": "spoiler", "offset": 2, "length": 1},
        {"type": "expandable_blockquote", "offset": 3, "length": 1},
        {
            "type": "custom_emoji",
            "offset": 4,
            "length": 2,
            "custom_emoji_id": "5368324170671202286",
        },
    ]


def test_nested_tags_and_references() -> None:
    parsed = parse_html("<b>a<i>b</i></b> &lt;&gt;&amp;&quot;&#128512;&#x41;&nbsp; & &copy")
    assert parsed.text == 'ab <>&"😀A&nbsp; & &copy'
    assert parsed.entities == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 1},
    ]


def test_an_empty_end_tag_closes_the_last_one() -> None:
    assert parse_html("<b>x</>").entities == [{"type": "bold", "offset": 0, "length": 1}]


@pytest.mark.parametrize("url", ["http://localhost:8080/", "tel:123", "javascript:x", "nonsense"])
def test_a_bad_link_in_a_text_is_dropped_without_an_error(url: str) -> None:
    assert parse_html(f'<a href="{url}">x</a>').entities == []


@pytest.mark.parametrize("char", list(">#+-=|{}.!()]"))
def test_markdown_reserved_characters(char: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_markdown(f"a{char}b")
    expected = f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
    assert str(caught.value) == expected
    assert parse_markdown(f"a\\{char}b").text == f"a{char}b"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("яя *x", "Can't find end of Bold entity at byte offset 5"),
        ("_x", "Can't find end of Italic entity at byte offset 0"),
        ("```py\nx", "Can't find end of PreCode entity at byte offset 0"),
        ("[x](http://a", "Can't find end of a URL at byte offset 4"),
    ],
)
def test_markdown_refusals(text: str, refusal: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_markdown(text)
    assert str(caught.value) == refusal


def test_markdown_entities() -> None:
    text = "*b _i_* __u__ ~s~ ||p|| `c` [l](https://x.com) ```py\nx```\n>q1\n>q2\nz"
    parsed = parse_markdown(text)
    assert parsed.text == "b i u s p c l x\nq1\nq2\nz"
    assert [entity["type"] for entity in parsed.entities] == [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "text_link",
        "pre",
        "blockquote",
    ]


def test_legacy_markdown() -> None:
    parsed = parse_legacy_markdown("*b* _i_ `c` [l](https://x.com) \\*")
    assert parsed.text == "b i c l *"
    kinds = [entity["type"] for entity in parsed.entities]
    assert kinds == ["bold", "italic", "code", "text_link"]
    with pytest.raises(MarkupError, match="end of the entity starting at byte offset 2"):
        parse_legacy_markdown("x *y")


async def test_refusals_reach_the_bot_with_their_prefix(raw: Raw, ann: PersonActor) -> None:
    refused = await raw("sendMessage", chat_id=ann.id, text="<x>", parse_mode="HTML")
    assert refused.description == (
        'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'
    )
    refused = await raw("sendMessage", chat_id=ann.id, text="1.5", parse_mode="MarkdownV2")
    assert refused.description.startswith("Bad Request: can't parse entities: Character '.'")


def test_rendered_html_is_safe() -> None:
    text = '<script>"&'
    assert render_html(text, []) == "&lt;script&gt;&quot;&amp;"
    link = [{"type": "text_link", "offset": 0, "length": 1, "url": 'javascript:alert("x")'}]
    assert 'href="#"' in render_html("x", link)
    crossing = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 2},
    ]
    assert render_html("abc", crossing) == "<b>a<i>b</i></b><i>c</i>"


PIECES = (
    *("<b>", "</b>", "<i>", "</i>", '<a href="http://x.com">', "</a>", "<pre>", "</pre>"),
    *("<blockquote>", "</blockquote>", "&lt;", "&#65", "&", "<", ">", "/cmd", "@ann_lee"),
    *("*", "_", "__", "~", "||", "`", "```", "[", "](http://x.com)", "!", "\\", "."),
    *("😀", "я", " ", "\n", "\r", "\u200b", "http://x.com/a"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_entities_always_lie_inside_the_text(text: str) -> None:
    for parse in (parse_html, parse_markdown, parse_legacy_markdown):
        try:
            parsed = parse(text)
        except MarkupError:
            continue
        final = with_found_entities(cleaned(parsed))
        length = utf16_length(final.text)
        for entity in final.entities:
            assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= length
        shown = re.sub(r"<[^>]*>", "", render_html(final.text, final.entities))
        assert html.unescape(shown) == final.text.replace("\n", "")
