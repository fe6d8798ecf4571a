"""The home of making what HTTP is answered from."""

from bot.config_model import Config
from bot.readiness import ReadinessCheck
from bot.use_cases import UseCases
from bot.wiring_surroundings import OUTAGES
from domain.programs.model import Programs
from domain.surroundings import Surroundings
from handlers.http.routes import HttpDoors
from handlers.ui.language import Languages


def http_doors(
    config: Config,
    around: Surroundings,
    use_cases: UseCases,
    readiness: ReadinessCheck,
    programs: Programs,
    languages: Languages,
) -> HttpDoors:
    """Return what the routes are handed."""
    return HttpDoors(
        billing_secrets=config.billing.secret,
        api_tokens=config.api.tokens,
        landing_url=config.programs.landing_url,
        public_url=config.web.public_url,
        bot_link=readiness.bot_link,
        programs=programs,
        languages=languages,
        forecast_earnings=use_cases.forecast_earnings,
        accept_invitation=use_cases.accept_invitation,
        trusted_proxies=config.web.trusted_proxies,
        clock=around.clock,
        tokens=around.tokens,
        record_events=use_cases.record_events,
        look_up_event=use_cases.look_up_event,
        list_events=use_cases.list_events,
        resolve_code=use_cases.resolve_code,
        record_visits=use_cases.record_visits,
        report_partner=use_cases.report_partner,
        report_client=use_cases.report_client,
        verify_certificate=use_cases.verify_certificate,
        readiness=readiness,
        outages=OUTAGES,
    )
