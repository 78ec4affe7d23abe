"""Made-up names. None of these places exists, and nobody is meant."""

from __future__ import annotations

from collections.abc import Iterator

_PLACES = (
    "Ashmere", "Birchwater", "Coppergate", "Dunmallow", "Elderwick", "Fernhollow", "Gorsewell", "Hazelmoor",
    "Inglebeck", "Juniperford", "Kingsreed", "Lowmarsh", "Mossgill", "Nettlecombe", "Oxlipdale", "Pennywort",
    "Quincefield", "Rushey", "Sorrelby", "Thistledown", "Umberleigh Cross", "Vetchley", "Willowbank", "Yarrowdene",
    "Zinnia Green", "Appledore Hatch", "Bellflower Rise", "Campion Heath", "Damson Lane", "Eyebright Hill",
    "Foxtail Bridge", "Gentian Park", "Hawkbit End", "Iris Water", "Knapweed Row", "Larkspur Vale",
    "Meadowsweet", "Ninebark", "Orchis Down", "Plantain Wood",
)  # fmt: skip
_KINDS = ("Primary School", "Community School", "Academy", "Church School", "High School")
_PARTNERS = (
    "Teaching Partnership", "Learning Trust", "Teaching Alliance", "Schools Together", "Training Hub",
    "Federation", "Learning Circle", "School Improvement", "Educators", "Teacher Development",
)  # fmt: skip
_GIVEN = (
    "Ada", "Bertil", "Cora", "Dev", "Ella", "Finlay", "Gita", "Hugo", "Iris", "Josie", "Kofi", "Lena", "Milo", "Nell",
    "Omar", "Petra", "Quinn", "Rosa", "Sven", "Thea", "Umar", "Vera", "Wanda", "Xavier", "Yusuf", "Zelda", "Zoë",
    "Siân", "André", "Nguyễn",
)  # fmt: skip
_FAMILY = (
    "Sampleton", "Testerby", "Demoworth", "Mocksworth", "Fictonby", "Inventley", "Make-Believe", "Pretendham",
    "Imaginer", "Stand-In", "O’Nobody", "Placeholder", "Dummyton", "Example", "Specimen", "Madeup", "Storyborn",
    "Fabley", "Novelle", "Tallworth",
)  # fmt: skip
AUTHORITIES = tuple((f"{number + 1:03}", f"{place}shire") for number, place in enumerate(_PLACES))
"""Codes and names of local authorities; no real one has such a code."""


def school(number: int) -> str:
    """The name of a school, like “Ashmere Primary School”: several have the same, as in life."""
    place = _PLACES[number % len(_PLACES)]
    return f"{place} {_KINDS[number // len(_PLACES) % len(_KINDS)]}"


def person(number: int) -> str:
    """The name of a person."""
    return f"{_GIVEN[number % len(_GIVEN)]} {_FAMILY[number // len(_GIVEN) % len(_FAMILY)]}"


def partners(count: int) -> Iterator[str]:
    """So many different names of delivery partners, at most 400."""
    every = (f"{place} {kind}" for kind in _PARTNERS for place in _PLACES)
    for _ in range(count):
        yield next(every)


def hubs(count: int) -> Iterator[str]:
    """So many different names of teaching school hubs, at most 40."""
    for place in _PLACES[:count]:
        yield f"{place} Teaching School Hub"
