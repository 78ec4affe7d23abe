"""The words of the error pages, and a whole page that needs neither templates nor database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

TO_THE_START = "Go to the start page"


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What one error page says. `way_on` is the text of the link that leads on."""

    title: str
    paragraphs: tuple[str, ...]
    way_on: str = TO_THE_START


KEPT = "Everything you saved before this page is kept."

NOT_FROM_OUR_PAGE = ErrorWords(
    "Open the page again to carry on",
    (
        (
            "We could not check that the form you sent came from you. This can happen if you left the page "
            "open for a long time, or signed in or out in another tab."
        ),
        "We have not used what you just entered. Nothing you saved before is lost.",
    ),
    "Go back to the page",
)

WORDS: Mapping[int, ErrorWords] = {
    400: ErrorWords(
        "We could not read that request",
        ("The address or the form had something in it that we could not read.", KEPT),
    ),
    403: ErrorWords(
        "You cannot open this page",
        ("You are not allowed to see this page or to do what you tried to do.", KEPT),
    ),
    404: ErrorWords(
        "Page not found",
        (
            "If you typed the web address, check it is correct.",
            "If you pasted the web address, check you copied all of it.",
            "If the address is correct, the page may have been removed, or may belong to another school.",
        ),
    ),
    405: ErrorWords(
        "You cannot open this page like that", ("Go to the page that leads here, and try again.", KEPT)
    ),
    410: ErrorWords(
        "This page has been deleted", ("What was here has been deleted, and we cannot get it back.",)
    ),
    413: ErrorWords(
        "You sent more than we can take",
        (
            "What you entered is too long. We have not saved it. Go back, make it shorter and send it again.",
            KEPT,
        ),
    ),
    422: ErrorWords(
        "We could not use what you sent",
        ("We have not saved what you just entered. Go back, check it and send it again.", KEPT),
    ),
    429: ErrorWords(
        "Wait before you try again",
        ("There have been too many tries in a short time. Wait a few minutes, then try again.", KEPT),
    ),
    500: ErrorWords(
        "There is a problem with the service",
        (
            "Try again in a few minutes.",
            f"{KEPT} What you entered on the last page may not be saved, so check it when you come back.",
        ),
    ),
    503: ErrorWords(
        "The service is not available right now",
        (
            "You will be able to use it later. Try again in a few minutes.",
            f"{KEPT} What you entered on the last page may not be saved, so check it when you come back.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the ready-made page needs to know, worked out once at the start."""

    service: str
    brand: str
    stylesheets: tuple[str, ...]
    support_email: str


PAGE = """<!DOCTYPE html>
<html lang="en" class="govuk-template">
<head>
<meta charset="utf-8">
<title>{title} – {service}{suffix}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
{stylesheets}
</head>
<body class="govuk-template__body">
<a href="#main-content" class="govuk-skip-link">Skip to main content</a>
<header class="govuk-template__header">
<div class="govuk-generic-header app-header">
<div class="govuk-generic-header__container govuk-width-container">
<div class="govuk-generic-header__logo">
<a href="/" class="govuk-generic-header__homepage-link">{service}</a>
</div>
</div>
</div>
</header>
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main-content">
<div class="govuk-grid-row">
<div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">{title}</h1>
{paragraphs}
<p class="govuk-body">If you contact us about this, tell us this reference: <code>{reference}</code></p>
<p class="govuk-body"><a href="/" class="govuk-link">{way_on}</a></p>
</div>
</div>
</main>
</div>
<footer class="govuk-template__footer">
<div class="govuk-footer app-footer">
<div class="govuk-width-container">
<div class="govuk-footer__meta">
<div class="govuk-footer__meta-item govuk-footer__meta-item--grow">
<h2 class="govuk-visually-hidden">Support links</h2>
<ul class="govuk-footer__inline-list">
{links}
</ul>
<div class="govuk-footer__meta-custom">
Need help? Email <a class="govuk-footer__link" href="mailto:{email}">{email}</a>
</div>
</div>
</div>
</div>
</div>
</footer>
</body>
</html>
"""

FOOTER = (
    ("/accessibility", "Accessibility statement"),
    ("/cookies", "Cookies"),
    ("/privacy", "Privacy"),
    ("/guidance/who-does-what", "Who does what"),
)
LINK = '<li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="{}">{}</a></li>'


def whole_page(status: int, reference: str, around: Surroundings) -> str:
    """The page for a status as text. `reference` is the request id, which the log line has too."""
    words = WORDS.get(status) or WORDS[500 if status >= 500 else 400]
    return PAGE.format(
        title=escape(words.title),
        service=escape(around.service),
        suffix=" – GOV.UK" if around.brand == "govuk" else "",
        stylesheets="\n".join(
            f'<link rel="stylesheet" href="{escape(href)}">' for href in around.stylesheets
        ),
        paragraphs="\n".join(f'<p class="govuk-body">{escape(text)}</p>' for text in words.paragraphs),
        reference=escape(reference),
        way_on=escape(words.way_on),
        links="\n".join(LINK.format(href, text) for href, text in FOOTER),
        email=escape(around.support_email),
    )
