"""The home of the HTTP side's routes: which path leads to which handler."""

from aiohttp import web

from domain.signatures import key_of
from handlers.http.certificates import verify_certificate
from handlers.http.clients import list_orders, show_account, show_client, show_event
from handlers.http.doors import (
    API_TOKENS,
    BILLING_KEYS,
    DOORS,
    GATHER,
    THROTTLE,
    VISITS,
    HttpDoors,
    RateLimits,
    Readiness,
)
from handlers.http.edge import build_edge
from handlers.http.event_list import list_events
from handlers.http.events import post_batch, post_event
from handlers.http.gather import Gather
from handlers.http.health import show_health, show_metrics, show_readiness
from handlers.http.invitations import ask_to_stop, register, show_invitation, stop
from handlers.http.invoices import list_invoices
from handlers.http.metrics import Metrics
from handlers.http.openapi import show_document
from handlers.http.pages import show_documents, show_program, show_start
from handlers.http.papers import ask_to_look, show_paper
from handlers.http.partners import (
    list_clients,
    list_commissions,
    list_entitlements,
    list_payouts,
    show_partner,
)
from handlers.http.redirect import Redirect
from handlers.http.throttle import Throttle
from handlers.http.visits import VisitBuffer

__all__ = [
    "GATHER",
    "VISITS",
    "HttpDoors",
    "Metrics",
    "RateLimits",
    "Readiness",
    "VisitBuffer",
    "build_app",
]


def build_app(doors: HttpDoors) -> web.Application:
    """Return the web application.

    ``app[VISITS].run()`` must be kept running beside it; what is left is written on clean-up.

    Raises:
        ValueError: a billing secret is no Standard Webhooks secret.
    """
    app = web.Application(
        middlewares=[build_edge(doors)], client_max_size=doors.body_bytes_max + 1
    )
    metrics = doors.metrics
    app[DOORS] = doors
    app[BILLING_KEYS] = tuple(key_of(secret) for secret in doors.billing_secrets)
    app[API_TOKENS] = tuple(token.encode() for token in doors.api_tokens)
    app[THROTTLE] = Throttle()
    app[GATHER] = Gather(doors.record_events, outages=doors.outages, on_set=metrics.observe_set)
    app[VISITS] = VisitBuffer(doors.record_visits, on_lost=metrics.visits_lost.inc)
    app.on_cleanup.append(_close_visits)
    _add_routes(app)
    return app


async def _close_visits(app: web.Application) -> None:
    await app[VISITS].close()


def _add_routes(app: web.Application) -> None:
    redirect = Redirect(app[DOORS], app[THROTTLE], app[VISITS])
    app.router.add_post("/api/v1/events", post_event)
    app.router.add_post("/api/v1/events/batch", post_batch)
    app.router.add_get("/api/v1/events", list_events)
    app.router.add_get("/api/v1/events/{event_id}", show_event)
    app.router.add_get("/api/v1/partners/{code}", show_partner)
    app.router.add_get("/api/v1/partners/{code}/commissions", list_commissions)
    app.router.add_get("/api/v1/partners/{code}/payouts", list_payouts)
    app.router.add_get("/api/v1/partners/{code}/invoices", list_invoices)
    app.router.add_get("/api/v1/partners/{code}/entitlements", list_entitlements)
    app.router.add_get("/api/v1/partners/{code}/clients", list_clients)
    app.router.add_get("/api/v1/clients/{client_id}", show_client)
    app.router.add_get("/api/v1/clients/{client_id}/orders", list_orders)
    app.router.add_get("/api/v1/accounts/{account_id}", show_account)
    app.router.add_get("/api/openapi.json", show_document)
    app.router.add_get("/r/{code}", redirect.follow)
    app.router.add_get("/healthz", show_health)
    app.router.add_get("/readyz", show_readiness)
    app.router.add_get("/metrics", show_metrics)
    app.router.add_get("/", show_start)
    app.router.add_get("/programs/{key}", show_program)
    app.router.add_get("/certificates", verify_certificate)
    app.router.add_get("/certificates/{number}", verify_certificate)
    app.router.add_get("/invitations/{token}", show_invitation)
    app.router.add_post("/invitations/{token}", register)
    app.router.add_get("/invitations/{token}/stop", ask_to_stop)
    app.router.add_post("/invitations/{token}/stop", stop)
    app.router.add_get("/papers/{token}", ask_to_look)
    app.router.add_post("/papers/{token}", show_paper)
    app.router.add_get("/programs/{key}/documents", show_documents)
