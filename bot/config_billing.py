"""The home of the section [billing]; a secret may be one or, while it is changed, several."""

from bot.config_fields import optional
from bot.config_model import BillingConfig
from bot.config_secrets import billing_secret
from domain.programs.reading import Spoken, Table
from domain.programs.values import Read, text, web_address


def read_billing(table: Table) -> BillingConfig:
    """Return the section; an address for our webhooks needs a secret that signs them."""
    section = BillingConfig(
        secret=_secrets(table, "secret"),
        outbound_url=table.take("outbound_url", optional(web_address), ""),
        outbound_secret=_secrets(table, "outbound_secret"),
    )
    if (
        section.outbound_url
        and not section.outbound_secret
        and not table.report.has((*table.path, "outbound_secret"))
    ):
        table.report.add(
            (*table.path, "outbound_secret"),
            "is needed with outbound_url: whsec_ followed by base64 of 24 to 64 bytes",
        )
    table.close()
    return section


def _secrets(table: Table, key: str) -> tuple[str, ...]:
    """Return what the key holds, one secret or a list of them, without repetitions."""
    written = table.data.get(key, "")
    written = written.parsed if isinstance(written, Spoken) else written
    if isinstance(written, list):
        secrets = table.take_list(key, _filled(billing_secret))
        for position, secret in enumerate(secrets):
            if secret in secrets[:position]:
                table.report.add((*table.path, key, position), "stands here twice")
        return secrets
    secret = table.take(key, billing_secret, "")
    return (secret,) if secret else ()


def _filled(read: Read[str]) -> Read[str]:
    return lambda value: read(text()(value))
