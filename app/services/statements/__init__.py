"""Statements: the lines on them, what they come to, and how they are closed and paid.

Schedules and money. Every verb works in the write that its caller holds open, and records one event per change.
"""

from app.services.statements.adjusting import add_adjustment, remove_adjustment
from app.services.statements.figures import figures
from app.services.statements.lines import LinesDisagree, bill, claw_back, next_open, void_line
from app.services.statements.moving import Conflict, close
from app.services.statements.paying import authorise, request_payment, withdraw_request
from app.services.statements.planning import plan

__all__ = [
    "Conflict",
    "LinesDisagree",
    "add_adjustment",
    "authorise",
    "bill",
    "claw_back",
    "close",
    "figures",
    "next_open",
    "plan",
    "remove_adjustment",
    "request_payment",
    "void_line",
    "withdraw_request",
]
