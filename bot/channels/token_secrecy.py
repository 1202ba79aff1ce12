"""Keeping the bot's token out of log lines.

Both messengers carry the token in the address of every request, httpx logs addresses at INFO, and python-telegram-bot
logs them, and the texts of messages, at DEBUG.
"""

from __future__ import annotations

import logging
import re

# ".../bot<token>/method" and ".../file/bot<token>/path"; a token is digits, a colon and a secret.
_TOKEN_IN_ADDRESS = re.compile(r"(/bot)[^/\s\"'?]*(?::|%3A)[^/\s\"'?]+")

# These log addresses, headers or message texts below WARNING, none of which may be seen at any level.
_TALKATIVE = ("httpx", "httpcore", "telegram", "telegram.Bot")


def without_token(text: str) -> str:
    """``text`` with every token in an address blanked out."""
    return _TOKEN_IN_ADDRESS.sub(r"\1***", text)


class _NoSecrets(logging.Filter):
    """Drops what is below WARNING and blanks tokens in the rest, whatever level the operator sets."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return False
        record.msg = without_token(record.getMessage())
        record.args = None
        return True


_NO_SECRETS = _NoSecrets()


def silence_transport_logs() -> None:
    """Make the libraries below the channels keep tokens and texts to themselves; safe to repeat."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
        # addFilter ignores one that is there already.
        logger.addFilter(_NO_SECRETS)
