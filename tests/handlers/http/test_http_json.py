"""Bodies that are no strict JSON: 422, naming what is wrong."""

import pytest

from tests.handlers.http.world import World, only_sqlite

pytestmark = only_sqlite
RAW: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is not JSON"),
    "spaces": (b"  \n", "is not JSON"),
    "cut off": (b'{"type": "client.deleted"', "is not JSON"),
    "not JSON": (b"type=client.deleted", "is not JSON"),
    "two objects": (b"{}{}", "is not JSON"),
    "trailing comma": (b'{"type": "x",}', "is not JSON"),
    "single quotes": (b"{'type': 'x'}", "is not JSON"),
    "comment": (b"{/* */}", "is not JSON"),
    "raw NUL": (b'{"type": "a\0b"}', "is not JSON"),
    "raw newline in a string": (b'{"type": "a\nb"}', "is not JSON"),
    "a list": (b"[]", "must be a JSON object"),
    "a string": (b'"x"', "must be a JSON object"),
    "null": (b"null", "must be a JSON object"),
    "a number": (b"1", "must be a JSON object"),
    "NaN": (b'{"data": {"amount": NaN}}', "NaN"),
    "Infinity": (b'{"data": Infinity}', "Infinity"),
    "minus Infinity": (b'{"data": -Infinity}', "-Infinity"),
    "1e400": (b'{"data": {"amount": 1e400}}', "not finite"),
    "-1e999": (b'{"data": -1e999}', "not finite"),
    "five thousand digits": (b'{"data": ' + b"9" * 5_000 + b"}", "too long"),
    "duplicate key": (b'{"type": "a", "type": "b"}', 'the key "type" twice'),
    "duplicate key inside": (b'{"data": {"amount": "1", "amount": "9"}}', 'key "amount" twice'),
    "duplicate key by escape": (b'{"type": 1, "ty\\u0070e": 2}', 'key "type" twice'),
    "deep lists": (b'{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deep"),
    "deep objects": (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested too deep"),
    "latin 1": ('{"type": "é"}'.encode("latin-1"), "not UTF-8"),
    "utf-16": ('{"type": "x"}'.encode("utf-16"), "not UTF-8"),
    "utf-16 without mark": ('{"type": "x"}'.encode("utf-16-le"), "is not JSON"),
    "byte order mark": (b"\xef\xbb\xbf{}", "is not JSON"),
    "surrogate bytes": (b'{"type": "\xed\xa0\x80"}', "not UTF-8"),
    "overlong": (b'{"type": "\xc0\x80"}', "not UTF-8"),
}


@pytest.mark.parametrize(("body", "words"), RAW.values(), ids=RAW.keys())
async def test_bodies_that_are_no_strict_json(world: World, body: bytes, words: str) -> None:
    reply = await world.billing.post(body, world.billing.headers(body, "e1"))
    assert reply.told == (422, "malformed", "malformed")
    assert words in reply.body["error"]["message"]
    assert reply.body["errors"]
