"""The home of contact spellings: two spellings of one mailbox or number become equal."""


def normal_email(text: str) -> str:
    """Return an address so that two spellings of one mailbox are equal."""
    local, _, domain = text.strip().casefold().partition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def normal_phone(text: str) -> str:
    """Return the digits of an international number; ``00`` in front is the plus.

    What is normal stays as it is, however often it is read.
    """
    digits = "".join(sign for sign in text if sign in "0123456789")
    while digits.startswith("00"):
        digits = digits[2:]
    return digits
