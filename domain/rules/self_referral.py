"""The home of self-referral: when a client is the partner itself (R4)."""

from domain.contacts import normal_email, normal_phone
from domain.entities.client import Client
from domain.entities.partner import PartnerIdentity


def is_self_referral(client: Client, partner: PartnerIdentity) -> bool:
    """Test if the client is a member of the partner, or was made from its vendor account."""
    return any(
        (
            client.telegram_id is not None and client.telegram_id in partner.telegram_ids,
            client.email is not None and normal_email(client.email) in partner.emails,
            client.phone is not None and normal_phone(client.phone) in partner.phones,
            client.tax_id is not None and client.tax_id in partner.tax_ids,
            client.owner_account_id is not None
            and client.owner_account_id == partner.vendor_account_id,
        )
    )
