"""From a walk to what a template prints: names looked up, conditions settled, addresses made."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.engine.vocabulary import (
    Banner,
    Block,
    Bullets,
    CheckAnswers,
    Comparison,
    Done,
    Either,
    Facts,
    LinkTo,
    Para,
    Row,
    Section,
    Stop,
    Subheading,
    Toggle,
    Words,
)
from app.engine.walk import Answer, Heard
from app.engine.wording import fill
from app.services.supply import Lexicon, RunWorld
from app.web.journeys.page import (
    BlockView,
    CheckAnswersPage,
    DonePage,
    StopPage,
    SummaryRow,
    SummarySection,
)
from app.web.journeys.places import Whereabouts
from app.web.render import Link, Notice

ANSWERS_CHANGED = Notice(
    "Your answers have changed",
    "Someone, or you in another tab, changed an answer after this page was opened. Check the answers again before "
    "you go on.",
)


@dataclass(frozen=True)
class Stage:
    """What a page is shown against: the answers that count before it, the records, the words, the addresses."""

    heard: Heard
    world: RunWorld
    lexicon: Lexicon
    where: Whereabouts
    kept: Mapping[str, Answer] = field(default_factory=dict)

    def say(self, words: Words, detail: Mapping[str, str] | None = None) -> str:
        """Words with their placeholders filled; `detail` adds some of its own."""
        text = words if isinstance(words, str) else self._either(words)
        return fill(text, ChainMap(dict(detail), self.lexicon) if detail else self.lexicon)  # type: ignore[arg-type]

    def _either(self, words: Either) -> str:
        return words.then if words.when.holds(self.heard) else words.otherwise

    def link(self, link: LinkTo) -> Link:
        """A link with its words and address."""
        return Link(self.say(link.text), self.where.link(link))

    def blocks(self, blocks: Iterable[Block]) -> tuple[BlockView, ...]:
        """The blocks whose conditions hold, as they print."""
        shown = (block for block in blocks if block.when is None or block.when.holds(self.heard))
        return tuple(view for block in shown for view in self._block(block))

    def _block(self, block: Block) -> Iterator[BlockView]:
        if isinstance(block, Para):
            yield BlockView("para", self.say(block.text))
        elif isinstance(block, Subheading):
            yield BlockView("heading", self.say(block.text))
        elif isinstance(block, LinkTo):
            yield BlockView("link", self.say(block.text), self.where.link(block))
        elif isinstance(block, Bullets):
            if block.lead_in:
                yield BlockView("heading", block.lead_in)
            yield BlockView(
                "numbers" if block.numbered else "bullets", items=tuple(map(self.say, block.items))
            )
        elif isinstance(block, Facts):
            rows = tuple((label, self.say(value) or block.gap) for label, value in block.rows)
            yield BlockView("rows", rows=rows)
        elif isinstance(block, Comparison):
            # It tells of induction: of the ECT’s, on the way to their mentor’s training too.
            who = "ECT" if self.lexicon["ECT"] else "name"
            yield BlockView("comparison", self.lexicon[f"{who}’s"] if self.lexicon[who] else "the teacher’s")
        elif isinstance(block, Toggle):
            yield BlockView("details", block.summary, blocks=self.blocks(block.inside))

    def notices(self, banners: Iterable[Banner], *, answered: bool) -> tuple[Notice, ...]:
        """The banners that apply. Remarks explain a gap, so they are silent on a page whose answer counts."""
        return tuple(self.notice(banner) for banner in banners if self._applies(banner, answered))

    def _applies(self, banner: Banner, answered: bool) -> bool:
        if banner.when is not None and not banner.when.holds(self.heard):
            return False
        if not banner.remark:
            return True
        return not answered and self.world.remarks(banner.remark, self.heard, self.kept)

    def notice(self, banner: Banner) -> Notice:
        """A banner as it prints."""
        links = (self.link(banner.link),) if banner.link else ()
        return Notice(self.say(banner.title), self.say(banner.text), links)


def stop_page(stop: Stop, stage: Stage, back: str | None, tabs: str) -> StopPage:
    """A dead end."""
    return StopPage(
        title=stage.say(stop.heading),
        back=back,
        blocks=stage.blocks(stop.blocks),
        button=stage.link(stop.button) if stop.button else None,
        links=tuple(stage.link(link) for link in stop.links),
        tabs=tabs,
    )


def check_page(
    check: CheckAnswers, stage: Stage, back: str | None, version: int, tabs: str, *, changed: bool
) -> CheckAnswersPage:
    """Every heard answer, what will happen, and the button that sends."""
    stale = stage.notice(check.stale) if check.stale else ANSWERS_CHANGED
    return CheckAnswersPage(
        title=stage.say(check.heading),
        action=stage.where.page(check.name),
        back=back,
        version=version,
        sections=tuple(_section(section, stage) for section in check.sections),
        holding=stage.say(check.holding),
        before=stage.blocks(check.before),
        after=stage.blocks(check.after),
        notices=((stale,) if changed else ()) + stage.notices(check.banners, answered=True),
        button=stage.say(check.button),
        tabs=tabs,
    )


def done_page(done: Done, stage: Stage, tabs: str) -> DonePage:
    """The confirmation."""
    return DonePage(
        title=stage.say(done.heading),
        reference=stage.lexicon["ref"],
        blocks=stage.blocks(done.blocks),
        tabs=tabs,
    )


def _section(section: Section, stage: Stage) -> SummarySection:
    rows = tuple(view for row in section.rows if (view := _row(row, stage)) is not None)
    return SummarySection(stage.say(section.heading), rows, stage.blocks(section.after))


def _row(row: Row, stage: Stage) -> SummaryRow | None:
    """A row, with Change leading to the first page on the path that may have decided it; None without a value."""
    if row.when is not None and not row.when.holds(stage.heard):
        return None
    value = stage.say(row.value)
    if not value:
        return None
    decided = next((page for page in row.change if page in stage.heard.pages), None)
    return SummaryRow(
        label=stage.say(row.label),
        value=value,
        notes=tuple(note for note in map(stage.say, row.notes) if note),
        change=stage.where.page(decided, changing=True) if decided else None,
        change_what=row.what,
    )
