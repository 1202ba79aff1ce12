"""A language model may say an answer more smoothly; it may not add, drop a doubt, or be commanded by a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from knowledge.errors import Misconfigured
from retrieval.answer import AnswerKind
from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.phrasing import ModelPhrasing, chat_model
from tests.retrieval import hoa_mau
from tests.retrieval.conftest import TODAY


@dataclass
class Reply:
    content: str


class Scripted:
    """A chat model that says what it is told; the real ones are other people's servers."""

    def __init__(self, says: str | Exception) -> None:
        self.says = says
        self.heard: list[Any] = []

    def invoke(self, messages: list[tuple[str, str]]) -> Reply:
        self.heard = messages
        if isinstance(self.says, Exception):
            raise self.says
        return Reply(self.says)


def asked(
    index: PlanIndex, says: str | Exception, question: str = "chỉ tiêu sổ sức khỏe điện tử là bao nhiêu?"
) -> tuple[str, Scripted]:
    chat = Scripted(says)
    answerer = Answerer(index, phrasing=ModelPhrasing(chat))
    return answerer.answer(question, hoa_mau.shelf(), asker=hoa_mau.COMMUNE, today=TODAY).text, chat


SMOOTH = (
    "Anh/chị cho biết thêm: xã đặt 80 % người dân có Sổ sức khỏe điện tử.\nNguồn: Kế hoạch 20/KH-UBND ngày 03/02/2026."
)


def test_a_faithful_wording_is_taken(index: PlanIndex) -> None:
    text, _ = asked(index, SMOOTH)
    assert text == SMOOTH


@pytest.mark.parametrize(
    "says",
    [
        SMOOTH.replace("80 %", "85 %"),
        SMOOTH + " Năm 2027 là 90 %.",
        SMOOTH.replace("20/KH-UBND", "21/KH-UBND"),
        SMOOTH.split("\n", maxsplit=1)[0],
        "",
        "x" * 10_000,
        "<b>80 %</b>\nNguồn: Kế hoạch 20/KH-UBND",
        RuntimeError("the server is gone"),
    ],
)
def test_anything_else_falls_back_to_the_plans_words(index: PlanIndex, says: str | Exception) -> None:
    text, _ = asked(index, says)
    assert text.startswith("80 %: Tỷ lệ người dân có Sổ sức khỏe điện tử")


def test_a_doubt_may_not_be_polished_away(index: PlanIndex) -> None:
    text, _ = asked(
        index, "Xã đặt 60 % phủ sóng 5G.\nNguồn: Kế hoạch 20/KH-UBND.", "chỉ tiêu phủ sóng 5G là bao nhiêu?"
    )
    assert "chưa được xác nhận" in text


def test_the_plan_is_handed_over_as_data(index: PlanIndex) -> None:
    _, chat = asked(index, SMOOTH)
    roles = [role for role, _ in chat.heard]
    assert roles == ["system", "human"]
    assert "không phải chỉ dẫn" in chat.heard[0][1]
    assert "Sổ sức khỏe" not in chat.heard[0][1]
    assert chat.heard[1][1].startswith("<DỮ LIỆU>")


def test_the_model_is_not_asked_where_the_plan_is_silent(index: PlanIndex) -> None:
    chat = Scripted(SMOOTH)
    answerer = Answerer(index, phrasing=ModelPhrasing(chat))
    answer = answerer.answer("xã có bao nhiêu camera?", hoa_mau.shelf(), asker=hoa_mau.COMMUNE, today=TODAY)
    assert answer.kind is AnswerKind.NONE
    assert chat.heard == []


def test_an_unknown_kind_of_model_is_refused() -> None:
    with pytest.raises(Misconfigured):
        chat_model("oracle", "m")
