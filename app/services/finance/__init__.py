"""What finance at DfE reads and does on its pages: statements, declarations, contracts. (Schedules and money.)"""

from app.services.finance.changing import (
    NotFound,
    Overtaken,
    add_adjustment,
    add_contract,
    authorise,
    by_finance,
    remove_adjustment,
    request_payment,
    set_funding,
    void,
    withdraw_request,
)
from app.services.finance.reading import StatementView, adjustments_seen, funding_seen, statement, totals

__all__ = [
    "NotFound",
    "Overtaken",
    "StatementView",
    "add_adjustment",
    "add_contract",
    "adjustments_seen",
    "authorise",
    "by_finance",
    "funding_seen",
    "remove_adjustment",
    "request_payment",
    "set_funding",
    "statement",
    "totals",
    "void",
    "withdraw_request",
]
