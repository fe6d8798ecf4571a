"""Small programs for the tests of the intake, each with one thing that is special."""

from dataclasses import replace

from tests.domain.builders import saas_tiers, written

HOLD = replace(saas_tiers(), hold_days=14)

HOSTING = written(
    """
    [program]
    key = "hosting"
    currency = "EUR"
    [tiers]
    levels = [{ key = "bronze", from = 1 }, { key = "silver", from = 2 }]
    [commission]
    rates = [
        { category = "shared", tier = "bronze", rate = "10%" },
        { category = "shared", tier = "silver", rate = "15%" },
        { category = "domains", rate = "2.5%" },
        { category = "dedicated", tier = "silver", rate = "7%" },
        { category = "free", rate = "0%" },
    ]
    [payout]
    minimum = "50.00"
    """
)

WIDGET = written(
    """
    [program]
    key = "widget"
    currency = "RUB"
    [commission]
    rates = [
        { settlement = "direct", rate = "40%" },
        { settlement = "via_partner", rate = "50%" },
    ]
    [payout]
    minimum = "1000.00"
    """
)

BRONZE_FROM_THREE = written(
    """
    [program]
    key = "from-three"
    currency = "USD"
    [tiers]
    levels = [{ key = "bronze", from = 3 }]
    [commission]
    rates = [{ tier = "bronze", rate = "10%" }]
    [payout]
    minimum = "50.00"
    """
)

POOL = written(
    """
    [program]
    key = "pool"
    currency = "USD"
    [payout]
    minimum = "50.00"
    """
)

LAST_CLICK = written(
    """
    [program]
    key = "last"
    currency = "USD"
    [attribution]
    model = "last_click"
    [commission]
    rates = [{ rate = "5%" }]
    [payout]
    minimum = "50.00"
    """
)

CATALOGUE = written(
    """
    [program]
    key = "catalogue"
    currency = "USD"
    [commission]
    rates = [{ category = "hosting", rate = "10%" }]
    [payout]
    minimum = "5.00"
    """
)
