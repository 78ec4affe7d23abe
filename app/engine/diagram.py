"""A Mermaid flowchart of a journey, drawn from the same value that is served."""

from __future__ import annotations

from app.engine.rehearsal import edges, simplest
from app.engine.vocabulary import Ask, CheckAnswers, Either, Journey, Page, Stop, Words


def draw(journey: Journey) -> str:
    """The journey as Mermaid text: boxes for questions, rounded ends for stops and check answers."""
    lines = ["flowchart TD"]
    lines += [f"    {_shape(page)}" for page in journey.pages]
    for left, right in edges(journey):
        page = journey.page(right)
        label = simplest(page.when) if page is not None and page.when is not None else ""
        lines.append(f"    {left} -->|{_quoted(label)}| {right}" if label else f"    {left} --> {right}")
    for page in journey.pages:
        if isinstance(page, Stop) and page.aside_of:
            lines.append(f"    {page.aside_of} -.-> {page.name}")
    return "\n".join(lines) + "\n"


def _shape(page: Page) -> str:
    heading = _quoted(_plain(page.question.heading if isinstance(page, Ask) else page.heading))
    if isinstance(page, Stop):
        return f"{page.name}([{heading}])"
    return f"{page.name}[[{heading}]]" if isinstance(page, CheckAnswers) else f"{page.name}[{heading}]"


def _plain(words: Words) -> str:
    return words.then if isinstance(words, Either) else words


def _quoted(text: str) -> str:
    """Mermaid breaks on quotes and braces inside a label."""
    return '"' + text.replace('"', "'").replace("{", "‹").replace("}", "›") + '"'
