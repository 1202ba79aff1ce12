"""The one place where HTTP to Telegram happens: what python-telegram-bot asks of a transport, and capped downloads.

Errors say whether Telegram can have seen the request, which the library's own transport does not, and never hold an
address: the bot's token is part of it.

    telegram.error.TelegramError
    ├── NetworkError
    │   ├── NotSent        the request never left this machine
    │   ├── Unanswered     it left, and no readable answer came: Telegram may have done what was asked
    │   └── ServerFailed   Telegram answered 5xx
    └── Flooded            429, with the seconds to wait
"""

from __future__ import annotations

import json
from typing import Any

import httpx
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels.download import read_capped
from bot.channels.network import NEVER_LEFT, trusted_authorities
from bot.channels.token_secrecy import without_token

# Telegram names the wait in every 429; this stands in should it ever not.
_FLOOD_SECONDS_UNSAID = 30.0


class NotSent(NetworkError):
    """The request never left this machine."""


class Unanswered(NetworkError):
    """The request left and no readable answer came."""


class ServerFailed(NetworkError):
    """Telegram answered 5xx; ``status`` is the HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class Flooded(TelegramError):
    """Too many requests; ``seconds`` is how long Telegram wants us to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"flood control, {seconds:g} s")
        self.seconds = seconds


class TelegramHttp(BaseRequest):
    """HTTP for one ``telegram.Bot``. Timeouts are seconds; ``transport`` and ``proxy`` are httpx's."""

    __slots__ = ("_client",)

    def __init__(
        self,
        *,
        connections: int,
        connect_timeout: float,
        read_timeout: float,
        upload_timeout: float,
        proxy: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(read_timeout, connect=connect_timeout, write=upload_timeout),
            limits=httpx.Limits(max_connections=connections),
            proxy=proxy,
            transport=transport,
            verify=trusted_authorities(),
        )

    @property
    def read_timeout(self) -> float | None:
        return self._client.timeout.read

    async def initialize(self) -> None:
        """The client is ready from the start."""

    async def shutdown(self) -> None:
        await self._client.aclose()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request and its whole answer; raises the errors of the module's tree."""
        ours = self._client.timeout
        unset = BaseRequest.DEFAULT_NONE
        timeout = httpx.Timeout(
            read=ours.read if read_timeout is unset else read_timeout,
            write=ours.write if write_timeout is unset else write_timeout,
            connect=ours.connect if connect_timeout is unset else connect_timeout,
            pool=ours.pool if pool_timeout is unset else pool_timeout,
        )
        try:
            answer = await self._client.request(
                method,
                url,
                timeout=timeout,
                data=request_data.json_parameters if request_data else None,
                files=request_data.multipart_data if request_data and request_data.contains_files else None,
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _seen_or_not(error) from None
        _refuse_special(answer.status_code, answer.content)
        return answer.status_code, answer.content

    async def download(self, url: str, limit: int) -> bytes:
        """The file at ``url``; raises ``FileTooLarge`` over ``limit`` bytes."""
        try:
            async with self._client.stream("GET", url) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise NetworkError(f"HTTP {answer.status_code}")
                return await read_capped(answer, limit)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _seen_or_not(error) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the base class, without logging the payload, which may hold people's messages."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise Unanswered("the answer is not JSON") from None
        if not isinstance(answer, dict) or ("result" not in answer and answer.get("ok", True)):
            raise Unanswered("the answer has no result")
        return answer


def _seen_or_not(error: httpx.HTTPError | httpx.InvalidURL) -> NetworkError:
    kind = NotSent if isinstance(error, NEVER_LEFT) else Unanswered
    return kind(type(error).__name__)


def _refuse_special(status: int, content: bytes) -> None:
    """Raise for the answers of which the library would lose something: the status, or the kind of number."""
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise ServerFailed(status)
    if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        raise BadRequest("Request Entity Too Large")
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise Flooded(_seconds(content))


def _seconds(content: bytes) -> float:
    try:
        return float(json.loads(content)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return _FLOOD_SECONDS_UNSAID


def said(error: TelegramError) -> str:
    """What Telegram said, fit for a log: short, without a token."""
    return without_token(f"{type(error).__name__}: {error}")[:200]
