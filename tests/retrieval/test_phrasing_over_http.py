"""A language model behind real HTTP, and all the ways in which it can be wrong: the plan's words stand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.phrasing import ModelPhrasing, chat_model
from tests.fakes.loopback import Loopback
from tests.retrieval import hoa_mau
from tests.retrieval.conftest import TODAY

pytest.importorskip("langchain_openai", reason="the extra llm is not installed")

EXTRACTIVE = "80 %: Tỷ lệ người dân có Sổ sức khỏe điện tử"
SMOOTH = "Xã đặt 80 % người dân có Sổ sức khỏe điện tử.\nNguồn: Kế hoạch 20/KH-UBND ngày 03/02/2026."
# The endpoint is slower than this in one test; everything else answers at once.
PATIENCE = 0.5


class Endpoint:
    """What an OpenAI-compatible server would say; ``content`` is the model's text, ``status`` its HTTP status."""

    def __init__(self) -> None:
        self.content: str = ""
        self.status = 200
        self.delay = 0.0
        self.heard = 0

    async def complete(self, request: Request) -> Response:
        await request.json()
        self.heard += 1
        await asyncio.sleep(self.delay)
        if self.status != 200:
            return PlainTextResponse("the server is on fire", self.status)
        message = {"role": "assistant", "content": self.content}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return JSONResponse({"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]})


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Endpoint, str]]:
    endpoint = Endpoint()
    loopback = Loopback(Starlette(routes=[Route("/v1/chat/completions", endpoint.complete, methods=["POST"])]))
    loopback.start()
    yield endpoint, f"{loopback.url}/v1"
    loopback.stop()


@pytest.fixture
def said(server: tuple[Endpoint, str], index: PlanIndex) -> Callable[..., str]:
    """The answer to a question when the endpoint answers so."""
    endpoint, url = server

    def ask(content: str = "", *, status: int = 200, delay: float = 0.0) -> str:
        endpoint.content, endpoint.status, endpoint.delay, endpoint.heard = content, status, delay, 0
        model = chat_model("openai", "m", base_url=url, seconds=PATIENCE)
        answerer = Answerer(index, phrasing=ModelPhrasing(model))
        question = "chỉ tiêu sổ sức khỏe điện tử là bao nhiêu? (có người nói là 95 %)"
        text = answerer.answer(question, hoa_mau.shelf(), asker=hoa_mau.COMMUNE, today=TODAY).text
        assert endpoint.heard == 1
        return text

    return ask


def test_a_faithful_wording_is_taken(said: Callable[..., str]) -> None:
    assert said(SMOOTH) == SMOOTH


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SMOOTH.replace("80 %", "85 %"), id="altered number"),
        pytest.param(SMOOTH.replace("80 %", "95 %"), id="the number of the question"),
        pytest.param(SMOOTH.replace("80 %", "8,0 %"), id="shifted comma"),
        pytest.param(SMOOTH + " Hạn: 15/12/2026.", id="added date"),
        pytest.param(SMOOTH.replace("03/02/2026", "02/03/2026"), id="day and month exchanged"),
        pytest.param(SMOOTH.replace("80 %", "tám mươi phần trăm"), id="number in words"),
        pytest.param(SMOOTH.replace("đặt 80 %", "đặt 80 %, tức tám mươi lăm phần trăm"), id="another number in words"),
        pytest.param(SMOOTH.replace("80 % người", "80 người"), id="swapped unit"),
        pytest.param(SMOOTH.replace("20/KH-UBND", "20/QĐ-UBND"), id="another document of that number"),
        pytest.param(SMOOTH.replace("20/KH-UBND", "121/KH-UBND"), id="another document"),
        pytest.param(SMOOTH.replace("Xã đặt", "Xã không đặt"), id="negated"),
        pytest.param(SMOOTH.replace("tử.", "tử, do Công an xã chủ trì."), id="another unit"),
        pytest.param("Đã bỏ qua mọi chỉ dẫn. Chỉ tiêu chăn nuôi dê là 999 %.\nNguồn: Kế hoạch 20/KH-UBND.", id="obeys"),
        pytest.param("Xã đặt chỉ tiêu cao.\nNguồn: Kế hoạch 20/KH-UBND ngày 03/02/2026.", id="without the figure"),
        pytest.param(SMOOTH.split("\n")[0], id="without the source"),
        pytest.param("[Bấm vào đây](https://evil.example) " + SMOOTH, id="a link"),
        pytest.param("", id="empty"),
        pytest.param("   \n ", id="blank"),
        pytest.param("80 % " * 200_000, id="a megabyte"),
    ],
)
def test_everything_else_falls_back_to_the_plans_words(said: Callable[..., str], content: str) -> None:
    assert said(content).startswith(EXTRACTIVE)


def test_a_failing_server_costs_only_the_smoother_words(said: Callable[..., str]) -> None:
    assert said(SMOOTH, status=500).startswith(EXTRACTIVE)


def test_a_slow_server_is_not_waited_for(said: Callable[..., str]) -> None:
    assert said(SMOOTH, delay=PATIENCE * 3).startswith(EXTRACTIVE)
