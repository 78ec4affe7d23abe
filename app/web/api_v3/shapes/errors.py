"""The one shape of every error, and what each status means (Provider API, Endpoints and Conventions)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from app.web.api_v3.shapes.values import about


class Error(TypedDict):
    """One thing that stands against a request."""

    title: Annotated[str, about("The attribute at fault, or the kind of error", "declaration_date")]
    detail: Annotated[
        str, about("What to do about it, in a sentence", "The declaration_date must be in the past")
    ]


class ErrorResponse(TypedDict):
    """Every error has this shape, whatever its status."""

    errors: Annotated[list[Error], Field(description="One entry for each thing at fault", min_length=1)]


@dataclass(frozen=True, slots=True)
class Status:
    """A status other than 200: its name in documents, when it is given, and an example of its error.

    `title` may be one of several; the `detail` of a real error says more.
    """

    name: str
    when: str
    title: str
    detail: str


STATUSES: Mapping[int, Status] = MappingProxyType(
    {
        400: Status(
            "BadRequest",
            "The request cannot be read: a filter, a page or the body is not as described",
            "Bad parameter",
            "Enter the cohort as filter[cohort]",
        ),
        401: Status(
            "Unauthorised",
            "No token was sent, or it is not known, or it was revoked",
            "Unauthorised",
            "Send a token of yours in the Authorization header",
        ),
        403: Status(
            "Forbidden",
            "The token is known, but is not one of a lead provider",
            "Forbidden",
            "Use a token of a lead provider",
        ),
        404: Status(
            "NotFound",
            "There is no such record, or it is not yours: the answer is the same",
            "Not found",
            "There is nothing under this address",
        ),
        409: Status(
            "Conflict",
            "Another request is in the way: one with the same Idempotency-Key is still being worked on, or one has "
            "just changed the record. Nothing has changed through yours. Send it again a little later",
            "Idempotency-Key",
            "The first request with this key has not finished yet",
        ),
        413: Status(
            "TooLarge",
            "The body is larger than 1 MiB",
            "Too large",
            "Send a body of 1 MiB or less",
        ),
        422: Status(
            "Unprocessable",
            "The request was read, and a rule stands against it. Nothing has changed",
            "declaration_date",
            "The declaration_date must be in the past",
        ),
        429: Status(
            "TooMany",
            "This token has used up its requests. The header Retry-After says in how many seconds to go on",
            "Too many requests",
            "Wait as many seconds as the header Retry-After says",
        ),
        500: Status(
            "Unexpected",
            "Something went wrong on our side, and nothing has changed. Send it again later",
            "Something went wrong",
            "Try again later. If it goes on, tell us the time of your request",
        ),
    }
)
