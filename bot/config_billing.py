"""The home of the section [billing]; the secret may be one or, while it is changed, several."""

from bot.config_fields import optional
from bot.config_model import BillingConfig
from bot.config_secrets import billing_secret
from domain.programs.reading import Spoken, Table
from domain.programs.values import Read, text, web_address


def read_billing(table: Table) -> BillingConfig:
    """Return the section; an address for our webhooks needs a secret that signs them."""
    section = BillingConfig(
        secret=_billing_secrets(table),
        outbound_url=table.take("outbound_url", optional(web_address), ""),
        outbound_secret=table.take("outbound_secret", billing_secret, ""),
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


def _billing_secrets(table: Table) -> tuple[str, ...]:
    written = table.data.get("secret", "")
    written = written.parsed if isinstance(written, Spoken) else written
    if isinstance(written, list):
        return table.take_list("secret", _filled(billing_secret))
    secret = table.take("secret", billing_secret, "")
    return (secret,) if secret else ()


def _filled(read: Read[str]) -> Read[str]:
    return lambda value: read(text()(value))
