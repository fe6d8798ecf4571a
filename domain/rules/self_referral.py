"""The home of self-referral: when a client is the partner itself (R4)."""

from domain.contacts import normal_email, normal_phone
from domain.entities.client import Client
from domain.entities.partner import PartnerIdentity


def same_as(client: Client, partner: PartnerIdentity) -> tuple[str, ...]:
    """Return what the client has in common with the partner's members or vendor account."""
    owner = client.owner_account_id
    traits = {
        "telegram": client.telegram_id is not None and client.telegram_id in partner.telegram_ids,
        "email": client.email is not None and normal_email(client.email) in partner.emails,
        "phone": client.phone is not None and normal_phone(client.phone) in partner.phones,
        "tax_id": client.tax_id is not None and client.tax_id in partner.tax_ids,
        "account": owner is not None and owner == partner.vendor_account_id,
    }
    return tuple(name for name, is_same in traits.items() if is_same)


def is_self_referral(client: Client, partner: PartnerIdentity) -> bool:
    """Test if the client is a member of the partner, or was made from its vendor account."""
    return bool(same_as(client, partner))
