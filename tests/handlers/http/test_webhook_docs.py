"""docs/webhooks.md: its example checks what we sign, and every type is told."""

import re
import time
from pathlib import Path

import pytest

from domain.signatures import key_of, sign_with_all
from handlers.http.outbound_schemas import WEBHOOKS
from tests.handlers.http.billing import OTHER_SECRET, SECRET

TEXT = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text(encoding="utf-8")
BODY = '{"type":"payout.done","data":{"comment":"дякую"}}'.encode()


def is_genuine(secrets: list[str], headers: dict[str, str], body: bytes) -> bool:
    [script] = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, object] = {}
    exec(script, names)  # noqa: S102 - our own example
    return bool(names["is_genuine"](secrets, headers, body))  # type: ignore[operator]


def signed(*secrets: str, at: float | None = None) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    keys = [key_of(secret) for secret in secrets]
    return {
        "webhook-id": "8k3m9p2q7w",
        "webhook-timestamp": stamp,
        "webhook-signature": sign_with_all(keys, "8k3m9p2q7w", stamp, BODY),
    }


@pytest.mark.parametrize("signing", [(SECRET,), (SECRET, OTHER_SECRET), (OTHER_SECRET, SECRET)])
def test_what_we_sign_is_genuine_whichever_secret_is_known(signing: tuple[str, ...]) -> None:
    assert is_genuine([SECRET], signed(*signing), BODY)
    assert is_genuine([OTHER_SECRET, SECRET], signed(*signing), BODY)


def test_everything_else_is_not() -> None:
    assert not is_genuine([SECRET], signed(OTHER_SECRET), BODY)
    assert not is_genuine([SECRET], signed(SECRET), BODY + b" ")
    assert not is_genuine([SECRET], signed(SECRET, at=time.time() - 400), BODY)
    assert not is_genuine([SECRET], signed(SECRET) | {"webhook-id": "other"}, BODY)
    assert not is_genuine([SECRET], signed(SECRET) | {"webhook-timestamp": "soon"}, BODY)


@pytest.mark.parametrize("kind", WEBHOOKS)
def test_every_type_is_told(kind: str) -> None:
    assert f"`{kind}`" in TEXT
