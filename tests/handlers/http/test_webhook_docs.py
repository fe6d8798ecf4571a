"""docs/webhooks.md: its example checks what we sign, and every type is told."""

import re
import time
from pathlib import Path

import pytest

from domain.entities.outbound import OUTBOUND_TYPES
from domain.rights import STAFF_RIGHTS
from domain.signatures import key_of, sign_with_all
from handlers.http.outbound_schemas import WEBHOOKS
from tests.handlers.http.billing import OTHER_SECRET, SECRET

ROOT = Path(__file__).parents[3]
RIGHTS = STAFF_RIGHTS.keys()
TEXT = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
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


def test_what_is_sent_is_documented_and_nothing_else() -> None:
    """Compare the code of the domain, its list, the table of the docs and the API's page."""
    _, _, table = TEXT.partition("## Types")
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    told = [kind for row in rows for kind in re.findall(r"`([a-z_.]+)`", row)]
    assert len(told) == len(set(told)), "a type stands twice"
    assert set(told) == set(WEBHOOKS) == OUTBOUND_TYPES
    assert _said_in_the_domain() == OUTBOUND_TYPES


def _said_in_the_domain() -> set[str]:
    """Return the types that stand in files of the domain that tell the vendor something."""
    families = "|".join(sorted({kind.partition(".")[0] for kind in OUTBOUND_TYPES}))
    texts = [path.read_text("utf-8") for path in (ROOT / "domain").rglob("*.py")]
    telling = [text for text in texts if re.search(r"tell_(vendor|payout)|reduced``", text)]
    said = {kind for text in telling for kind in re.findall(rf'"((?:{families})\.[a-z_]+)"', text)}
    return said - RIGHTS
