"""The few calls of the Zalo Bot API that are needed, over httpx.

An answer counts by its ``ok``, not by its HTTP status: a failure may come with 200, and an idle poll comes as 408.
Errors never hold an address, because the bot's token is part of it:

    ZaloFailure
    ├── NotSent       the request never left this machine
    ├── Unanswered    it left, and no readable answer came: Zalo may have done what was asked
    └── ZaloRefused   Zalo answered that it does not; ``code`` is its error code
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.channels.download import not_fetched, read_capped
from bot.channels.network import NEVER_LEFT, trusted_authorities
from bot.channels.token_secrecy import without_token

ZALO = "https://bot-api.zaloplatforms.com"
# Where Zalo keeps what people send. Addresses come in with messages, so no other host is asked.
MEDIA_HOSTS = ("zdn.vn", "zadn.vn")


class ZaloFailure(Exception):
    """A call came to nothing; the text is fit for a log."""


class NotSent(ZaloFailure):
    """The request never left this machine."""


class Unanswered(ZaloFailure):
    """The request left and no readable answer came."""


class ZaloRefused(ZaloFailure):
    """Zalo answered with a failure."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(without_token(f"{code} {description}")[:200])
        self.code = code


class ZaloApi:
    """One bot's side of the Zalo Bot API; timeouts are seconds."""

    def __init__(
        self,
        token: str,
        *,
        base_url: str,
        media_hosts: tuple[str, ...],
        connect_timeout: float,
        read_timeout: float,
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self._address = f"{base_url.rstrip('/')}/bot{token}"
        self._media_hosts = media_hosts
        self._read_timeout = read_timeout
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(read_timeout, connect=connect_timeout),
            transport=transport,
            verify=trusted_authorities(),
        )

    async def call(self, method: str, *, patience: float | None = None, **parameters: Any) -> Any:
        """The result of a method (None where it has none); ``patience`` is how long to wait for the answer."""
        try:
            answer = await self._client.post(
                f"{self._address}/{method}",
                json=parameters,
                timeout=httpx.Timeout(patience or self._read_timeout, connect=self._client.timeout.connect),
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            kind = NotSent if isinstance(error, NEVER_LEFT) else Unanswered
            raise kind(type(error).__name__) from None
        return _result(answer)

    async def media(self, address: str, limit: int) -> bytes:
        """What a person sent; raises ``FileTooLarge`` over ``limit`` bytes, else ``NotFetched``."""
        if not self._is_media(address):
            raise not_fetched()
        try:
            # Redirects are not followed: they could lead into the commune's own network.
            async with self._client.stream("GET", address) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise not_fetched()
                return await read_capped(answer, limit)
        except (httpx.HTTPError, httpx.InvalidURL):
            raise not_fetched() from None

    async def close(self) -> None:
        """Let go of the network."""
        await self._client.aclose()

    def _is_media(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").rstrip(".")
        except ValueError:
            return False
        if f"{parts.scheme}://{host}" in self._media_hosts:
            return True
        return parts.scheme == "https" and any(host == it or host.endswith(f".{it}") for it in self._media_hosts)


def _result(answer: httpx.Response) -> Any:
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            raise ZaloRefused(answer.status_code, "no readable answer")
        raise Unanswered("the answer is not the JSON that it should be")
    if body.get("ok") is True:
        return body.get("result")
    code = body.get("error_code", body.get("errorCode"))
    raise ZaloRefused(code if isinstance(code, int) else answer.status_code, str(body.get("description", "")))
