"""The home of what the bot set with setWebhook and how delivery went."""

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class WebhookState:
    """The webhook in force; an empty address means long polling."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    has_certificate: bool = False
    last_error_date: int | None = None
    last_error_message: str | None = None
    gone_since: float | None = None

    @property
    def is_active(self) -> bool:
        """Test if updates go to a webhook."""
        return bool(self.url)

    def same_as(self, other: "WebhookState") -> bool:
        """Test if setting the other one would change nothing."""
        return (
            self.url == other.url
            and self.secret_token == other.secret_token
            and self.max_connections == other.max_connections
            and self.ip_address == other.ip_address
            and not other.has_certificate
        )
