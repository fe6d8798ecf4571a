"""The hook for WHMCS: its signature is ours, and what it sends can be read."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.events.read import read_event
from domain.signatures import key_of, sign
from handlers.http.event_schemas import EVENT_SCHEMAS, ignored_fields

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "examples" / "whmcs"
HOOK = (FOLDER / "partner_bot.php").read_text(encoding="utf-8")
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def vector() -> dict[str, str]:
    """Return the vector that the hook's comment tells its readers to try."""
    found = dict(re.findall(r"^//   (\w+) +(\S.*)$", HOOK, re.MULTILINE))
    assert set(found) == {"secret", "id", "timestamp", "body", "signature"}
    return found


def test_the_vector_in_the_hook_is_what_the_bot_expects() -> None:
    told = vector()
    signature = sign(key_of(told["secret"]), told["id"], told["timestamp"], told["body"].encode())
    assert signature == told["signature"]


def test_the_recipe_in_the_hook_is_that_of_the_vector() -> None:
    body = HOOK.split("function partner_bot_signature(")[1].split("\n}")[0]
    assert "base64_decode(substr($secret, strlen('whsec_')), true)" in body
    recipe = "hash_hmac('sha256', \"{$id}.{$timestamp}.{$body}\", $key, true)"
    assert f"'v1,' . base64_encode({recipe})" in body


def samples() -> list[dict[str, object]]:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", readme, re.DOTALL)]


@pytest.mark.parametrize("event", samples(), ids=lambda event: str(event["type"]))
def test_what_the_hook_sends_can_be_read(event: dict[str, object]) -> None:
    kind, data = str(event["type"]), event["data"]
    assert isinstance(data, dict)
    read_event(kind, data, now=NOW)
    assert ignored_fields(kind, data) == ()
    # The sample and the hook name the same fields.
    sent = HOOK.split(f"'{kind}', [")[1].split("]);")[0]
    assert set(re.findall(r"^ +'(\w+)' =>", sent, re.MULTILINE)) == set(data)
    assert set(EVENT_SCHEMAS[kind]["required"]) <= set(data)


def test_all_four_events_are_sent() -> None:
    assert {str(event["type"]) for event in samples()} == {
        "client.registered",
        "payment.succeeded",
        "payment.refunded",
        "client.deleted",
    }


def _bare(text: str) -> str:
    """Return PHP without comments and without what stands in quotes."""
    pattern = r"/\*.*?\*/|//[^\n]*|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\""
    return re.sub(pattern, "", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", ["partner_bot.php", "partner_bot.config.php"])
def test_brackets_close(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.startswith("<?php\n")
    pairs = {")": "(", "]": "[", "}": "{"}
    standing: list[str] = []
    for sign_ in _bare(text):
        if sign_ in pairs.values():
            standing.append(sign_)
        elif sign_ in pairs:
            assert standing.pop() == pairs[sign_]
    assert standing == []


def test_php_accepts_the_files_and_signs_as_we_do(tmp_path: Path) -> None:
    """Where PHP is installed the hook itself is asked; elsewhere the tests above must do."""
    php = shutil.which("php")
    if php is None:
        return
    for path in FOLDER.glob("*.php"):
        subprocess.run([php, "-l", path], check=True, capture_output=True)
    told = vector()
    function = re.search(r"function partner_bot_signature.*?\n}", HOOK, re.DOTALL)
    assert function is not None
    script = tmp_path / "sign.php"
    script.write_text(
        f"<?php\n{function[0]}\n"
        f"[, $s, $i, $t, $b] = $argv; echo partner_bot_signature($s, $i, $t, $b);"
    )
    names = ("secret", "id", "timestamp", "body")
    ran = subprocess.run(
        [php, script, *(told[name] for name in names)], check=True, capture_output=True, text=True
    )
    assert ran.stdout == told["signature"]
