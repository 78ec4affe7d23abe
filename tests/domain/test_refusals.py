from __future__ import annotations

import pytest

from app.domain.refusals import Refused


def test_a_refusal_carries_its_reason_field_and_detail() -> None:
    refused = Refused("too_long", "name", limit=70)
    assert (refused.reason, refused.field, dict(refused.detail)) == ("too_long", "name", {"limit": 70})


def test_a_refusal_without_a_field_has_an_empty_one() -> None:
    assert Refused("blank").field == ""
    assert str(Refused("blank")) == "blank"
    assert str(Refused("blank", "trn")) == "trn: blank"


def test_the_detail_of_a_refusal_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        Refused("too_long", limit=70).detail["limit"] = 71  # type: ignore[index]
