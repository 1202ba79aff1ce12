"""The log: constant events with identifiers, on standard error; never a message's text, never a token."""

from __future__ import annotations

import logging
import sys

import structlog

# Libraries that write addresses with tokens in them (httpx, at INFO) or chatter that an operator cannot use.
_QUIET = ("httpx", "httpcore", "telegram", "apscheduler", "chromadb", "alembic", "pdfminer", "asyncio", "aiosqlite")


def start_logging(level: str) -> None:
    """Set up the log once, at start: readable lines on a terminal, JSON otherwise."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(name)s %(levelname)s %(message)s")
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    terminal = sys.stderr.isatty()
    # Plain tracebacks: a richer one prints local variables, and an address with a token is one of them.
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if terminal
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *([] if terminal else [structlog.processors.format_exc_info]),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
