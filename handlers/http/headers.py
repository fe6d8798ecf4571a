"""The home of the headers that answers share."""

SERVER = "partner-bot"
REFERRER_POLICY = "strict-origin-when-cross-origin"
SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": REFERRER_POLICY,
    "Server": SERVER,
}
"""What every answer with content has, unless its handler says otherwise."""
