"""A question as it prints: its fields with their options, what was said, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.vocabulary import (
    Ask,
    Autocomplete,
    Choice,
    DateInput,
    Field,
    Question,
    Radios,
    Text,
    source_of,
)
from app.engine.walk import choices_open
from app.services.answering import PARTS, Fault, Submitted, one
from app.web.journeys.page import FieldView, OptionView, QuestionPage
from app.web.journeys.showing import ANSWERS_CHANGED, Stage
from app.web.render import PageError


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the fields: the answer kept, or after a refusal what was submitted, with the faults."""

    kept: Mapping[str, str] = field(default_factory=dict)
    submitted: Submitted | None = None
    faults: tuple[Fault, ...] = ()

    def text(self, name: str) -> str:
        """The value of a field."""
        return self.kept.get(name, "") if self.submitted is None else one(self.submitted, name)

    def parts(self, name: str) -> tuple[str, str, str]:
        """Day, month and year of a date field."""
        if self.submitted is not None:
            day, month, year = (one(self.submitted, f"{name}-{part}") for part in PARTS)
            return day, month, year
        if not self.kept.get(name):
            return "", "", ""
        year, month, day = self.kept[name].split("-")
        return day.lstrip("0"), month.lstrip("0"), year

    def fault(self, name: str) -> Fault | None:
        """What was wrong with a field."""
        return next((fault for fault in self.faults if fault.name == name), None)


def question_page(
    page: Ask,
    stage: Stage,
    said: Said,
    *,
    back: str | None,
    version: int,
    tabs: str,
    changing: bool,
    changed: bool,
) -> QuestionPage:
    """The page of a question."""
    asked = page.question
    fields = tuple(_field(each, asked, stage, said) for each in asked.fields)
    notices = stage.notices(asked.banners, answered=bool(said.kept))
    return QuestionPage(
        title=stage.say(asked.heading),
        action=stage.where.page(asked.name),
        back=back,
        version=version,
        fields=fields,
        before=stage.blocks(asked.before),
        after=stage.blocks(asked.after),
        notices=((ANSWERS_CHANGED,) if changed else ()) + notices,
        errors=tuple(error for view in fields for error in _errors(view)),
        button=asked.button,
        ways_out=_ways_out(asked, stage),
        changing=changing,
        tabs=tabs,
    )


def _ways_out(asked: Question, stage: Stage) -> tuple[OptionView, ...]:
    """Secondary buttons of an autocomplete."""
    choices = (c for f in asked.fields if isinstance(f, Autocomplete) for c in choices_open(f, stage.heard))
    return tuple(OptionView(choice.value, stage.say(choice.label)) for choice in choices)


def _field(asked: Field, question: Question, stage: Stage, said: Said) -> FieldView:
    fault = said.fault(asked.name)
    error = stage.say(asked.errors[fault.reason], fault.detail) if fault else ""
    own_label = stage.say(asked.label)
    view = {
        "name": asked.name,
        "label": own_label or stage.say(question.heading),
        "is_heading": not own_label,
        "hint": stage.say(asked.hint),
        "error": error,
    }
    if isinstance(asked, Radios):
        return FieldView(kind="radios", options=_options(asked, stage, said), **view)  # type: ignore[arg-type]
    if isinstance(asked, Autocomplete):
        return _autocomplete(asked, stage, said, view)
    if isinstance(asked, DateInput):
        wrong = fault.parts if fault else ()
        parts = said.parts(asked.name) if asked.kept or said.submitted is not None else ("", "", "")
        return FieldView(kind="date", parts=parts, wrong_parts=wrong, **view)  # type: ignore[arg-type]
    assert isinstance(asked, Text)
    return _text(asked, stage, said, view)


def _text(asked: Text, stage: Stage, said: Said, view: Mapping[str, object]) -> FieldView:
    value = said.text(asked.name)
    if not value and said.submitted is None and asked.filled_with:
        value = stage.say(asked.filled_with)
    options = stage.world.options(asked.suggestions, stage.heard) if asked.suggestions else ()
    return FieldView(
        kind="text",
        value=value,
        width=asked.width,
        inputmode=asked.inputmode,
        spellcheck=asked.spellcheck,
        suggestions=tuple(option.label for option in options),
        placeholder=asked.placeholder,
        **view,  # type: ignore[arg-type]
    )


def _autocomplete(asked: Autocomplete, stage: Stage, said: Said, view: Mapping[str, object]) -> FieldView:
    value = said.text(asked.name)
    options = tuple(
        OptionView(option.value, option.label, checked=option.value == value)
        for option in stage.world.options(source_of(asked), stage.heard)
    )
    typed = one(said.submitted, f"{asked.name}-text") if said.submitted is not None else ""
    return FieldView(kind="autocomplete", value=value, options=options, typed=typed, **view)  # type: ignore[arg-type]


def _options(asked: Radios, stage: Stage, said: Said) -> tuple[OptionView, ...]:
    value = said.text(asked.name)
    supplied = stage.world.options(asked.source, stage.heard) if asked.source else ()
    from_source = tuple(
        OptionView(option.value, option.label, option.hints, option.value == value) for option in supplied
    )
    written = choices_open(asked, stage.heard)
    divides = bool(from_source) or bool(asked.choices and not asked.choices[0].divided)
    return from_source + tuple(_choice(choice, value, stage, said, divides) for choice in written)


def _choice(choice: Choice, value: str, stage: Stage, said: Said, divides: bool) -> OptionView:
    hints = tuple(hint for hint in map(stage.say, choice.hints) if hint)
    return OptionView(
        choice.value,
        stage.say(choice.label),
        hints,
        checked=choice.value == value,
        divided=choice.divided and divides,
        reveals=_revealed(choice.reveals, stage, said) if choice.reveals else None,
    )


def _revealed(asked: Text, stage: Stage, said: Said) -> FieldView:
    fault = said.fault(asked.name)
    error = stage.say(asked.errors[fault.reason], fault.detail) if fault else ""
    view = {"name": asked.name, "label": stage.say(asked.label), "error": error}
    return _text(asked, stage, said, view)


def _errors(view: FieldView) -> list[PageError]:
    """Errors of a field and of what its options reveal, each leading to the control at fault."""
    found = []
    if view.error:
        part = f"-{(view.wrong_parts or PARTS)[0]}" if view.kind == "date" else ""
        found.append(PageError(view.error, f"#{view.name}{part}"))
    for option in view.options:
        if option.reveals is not None:
            found += _errors(option.reveals)
    return found
