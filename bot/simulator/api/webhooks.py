"""The home of setWebhook, deleteWebhook and getWebhookInfo."""

import re
from urllib.parse import urlsplit

from bot.simulator.api.call import Call, Described, Result
from bot.simulator.api.polling import BY_WEBHOOK, Polling, narrow_updates
from bot.simulator.api.sender import WebhookSender
from bot.simulator.errors import bad_request, conflict, too_many_requests
from bot.simulator.settings import Settings
from bot.simulator.state.webhook import WebhookState
from bot.simulator.text.links import WrongLinkError, check_link, is_private_host
from bot.simulator.wire import without_nothing

PORTS = frozenset({80, 88, 443, 8443})
SECRET_MAX = 256
CONNECTIONS_MAX = 100
CONNECTIONS_DEFAULT = 40
CERTIFICATE_BYTES_MAX = 3 * 1024 * 1024
_SECRET = re.compile(r"^[A-Za-z0-9_-]*$")


class Webhooks:
    """The webhook side of the bot's updates."""

    def __init__(self, polling: Polling, sender: WebhookSender) -> None:
        """Work beside the polling that a webhook ends."""
        self._polling = polling
        self._sender = sender
        self._attempts = 0
        self._next_change_at = 0.0

    async def set_webhook(self, call: Call) -> Result:
        """Set or, with an empty address, remove the webhook."""
        url = call.arguments.text("url").strip()
        if not url:
            return await self.delete_webhook(call)
        world = call.world
        if world.now() < self._next_change_at:
            raise too_many_requests(1)
        self._next_change_at = world.now() + world.settings.webhook_change_seconds
        self._attempts += 1
        attempt = self._attempts
        wanted = await read_webhook(call, url)
        if attempt != self._attempts:
            raise conflict("terminated by other setWebhook")
        unchanged = world.webhook.same_as(wanted)
        narrow_updates(world, call.arguments)
        if call.arguments.flag("drop_pending_updates"):
            world.updates.clear()
        if unchanged:
            return Described(result=True, description="Webhook is already set")
        world.webhook = wanted
        self._polling.abort(BY_WEBHOOK)
        await self._sender.restart()
        return Described(result=True, description="Webhook was set")

    async def delete_webhook(self, call: Call) -> Result:
        """Remove the webhook; what waits stays, unless the call drops it."""
        world = call.world
        if call.arguments.flag("drop_pending_updates"):
            world.updates.clear()
        if not world.webhook.is_active:
            return Described(result=True, description="Webhook is already deleted")
        world.webhook = WebhookState()
        await self._sender.restart()
        return Described(result=True, description="Webhook was deleted")

    def get_webhook_info(self, call: Call) -> Result:
        """Tell about the webhook and its last failure."""
        webhook, updates = call.world.webhook, call.world.updates
        return without_nothing(
            url=webhook.url,
            has_custom_certificate=webhook.has_certificate,
            pending_update_count=len(updates.alive()),
            ip_address=webhook.ip_address or None,
            last_error_date=webhook.last_error_date,
            last_error_message=webhook.last_error_message,
            max_connections=webhook.max_connections if webhook.is_active else None,
            allowed_updates=sorted(updates.allowed) if updates.was_narrowed else None,
        )


async def read_webhook(call: Call, url: str) -> WebhookState:
    """Read and check the arguments of setWebhook.

    Raises:
        ApiError: The address, the secret or the certificate will not do.
    """
    arguments = call.arguments
    secret = arguments.text("secret_token")
    if len(secret) > SECRET_MAX:
        raise bad_request("secret token is too long")
    if not _SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    certificate = arguments.uploads.get("certificate")
    if certificate is not None and len(certificate.content) > CERTIFICATE_BYTES_MAX:
        size = len(certificate.content)
        raise bad_request(f"bad webhook: certificate size is too big ({size} bytes)")
    given_address = arguments.text("ip_address")
    return WebhookState(
        url=url,
        secret_token=secret,
        max_connections=arguments.integer(
            "max_connections", default=CONNECTIONS_DEFAULT, low=1, high=CONNECTIONS_MAX
        ),
        ip_address=await _check_address(call.world.settings, url, given_address),
        has_certificate=certificate is not None,
    )


async def _check_address(settings: Settings, url: str, given_address: str) -> str:
    """Check where the webhook points and give its IP address, if one is known."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    host = parts.hostname or ""
    if settings.allow_local_webhook and is_private_host(host):
        return ""
    try:
        checked = check_link(url if "://" in url else f"https://{url}")
        port = parts.port
    except (WrongLinkError, ValueError) as error:
        raise bad_request("invalid webhook URL specified") from error
    if not checked.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    address = given_address or await settings.resolve(host)
    if address is None:
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
    if is_private_host(address):
        raise bad_request(f"bad webhook: IP address {address} is reserved")
    return address
