"""What both messengers' clients know of httpx."""

from __future__ import annotations

import functools
import ssl

import httpx

# A request that failed so never reached the messenger; after any other failure it may have.
NEVER_LEFT: tuple[type[Exception], ...] = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)


@functools.cache
def trusted_authorities() -> ssl.SSLContext:
    """Read once for all connections: it takes longer than a request."""
    return httpx.create_ssl_context()
