"""The home of the section [billing]."""

from bot.config_fields import optional
from bot.config_model import BillingConfig
from bot.config_secrets import billing_secret, several
from domain.programs.reading import Table
from domain.programs.values import web_address


def read_billing(table: Table) -> BillingConfig:
    """Return the section; an address for our webhooks needs a secret that signs them."""
    section = BillingConfig(
        secret=several(table, "secret", billing_secret),
        outbound_url=table.take("outbound_url", optional(web_address), ""),
        outbound_secret=several(table, "outbound_secret", billing_secret),
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
