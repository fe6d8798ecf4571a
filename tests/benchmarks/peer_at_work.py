"""django-affiliate-system at work, in its own virtual environment: run by `peer.py`, not imported.

`python peer_at_work.py DATABASE NUMBER` prints how many seconds so many payments took. Each is one
call of the function behind its own API, without HTTP, signature or serializer: a tracked purchase
that makes a commission and adds it to a balance. SQLite is as durable as ours.
"""

# mypy: ignore-errors

import sys
import time

import django
from django.conf import settings

AFFILIATES = 200
WARM = 20


def set_up(database: str) -> None:
    """Configure Django and make the tables."""
    settings.configure(
        SECRET_KEY="of-a-benchmark",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.admin",
            "django.contrib.messages",
            "django.contrib.sessions",
            "rest_framework",
            "django_affiliate_system",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": database,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
                },
            }
        },
        AFFILIATE_SYSTEM={"DOMAIN_PROTOCOL": "https", "DOMAIN": "example.com"},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def main() -> None:
    """Work and print."""
    database, number = sys.argv[1], int(sys.argv[2])
    set_up(database)
    from django.contrib.auth import get_user_model
    from django_affiliate_system.models import Affiliate, Commission, CommissionRule
    from django_affiliate_system.services.tracking import process_tracking_event

    for i in range(AFFILIATES):
        user = get_user_model().objects.create(username=f"user{i}", email=f"u{i}@example.com")
        Affiliate.objects.create(user=user, code=f"code{i}")
    CommissionRule.objects.create(
        name="share", action_type="purchase", value=30, is_percentage=True, is_active=True
    )

    def pay(i: int) -> None:
        process_tracking_event(
            {
                "referral_code": f"code{i % AFFILIATES}",
                "event_type": "purchase",
                "conversion_value": "20.00",
                "metadata": {"payment_id": f"p-{i}"},
            },
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "benchmark"},
        )

    for i in range(WARM):
        pay(i)
    began = time.perf_counter()
    for i in range(number):
        pay(WARM + i)
    seconds = time.perf_counter() - began
    sys.stdout.write(f"{seconds} {Commission.objects.count() - WARM}\n")


main()
