"""What a refused or lost request means for the message."""

from __future__ import annotations

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.channels.channel import DeliveryFailed
from bot.channels.pause import LONGEST_PAUSE_SECONDS
from bot.channels.telegram_http import Flooded, NotSent, ServerFailed, said
from bot.channels.telegram_update import Place

# After a line that was down or a server that stumbled; the outbox lets it grow.
_SOON_SECONDS = 5.0
# A gateway gave up waiting for Telegram's inside, which may still finish.
_GATEWAY_TIMEOUT = 504


def failure(error: TelegramError, place: Place | None = None) -> DeliveryFailed:
    """``error`` in the terms of ``DeliveryFailed``; ``place`` is where the message was to go."""
    reason = said(error)
    match error:
        case Flooded():
            return DeliveryFailed(reason, retry_after=error.seconds)
        case ChatMigrated():
            return DeliveryFailed("the group became a supergroup", retry_after=0.0, moved_to=str(error.new_chat_id))
        case InvalidToken():
            # The message is fine; it waits for the operator.
            return DeliveryFailed(reason, retry_after=LONGEST_PAUSE_SECONDS)
        case Forbidden():
            return DeliveryFailed(reason)
        # BadRequest is a NetworkError to the library: it stands before them.
        case BadRequest():
            if place is not None and place.topic is not None and "thread not found" in reason.lower():
                return DeliveryFailed("the topic is gone", retry_after=0.0, moved_to=Place(place.chat).address)
            return DeliveryFailed(reason)
        case NotSent():
            return DeliveryFailed(reason, retry_after=_SOON_SECONDS)
        case ServerFailed():
            if error.status == _GATEWAY_TIMEOUT:
                return DeliveryFailed(reason, certain=False)
            return DeliveryFailed(reason, retry_after=_SOON_SECONDS)
        case _:
            return DeliveryFailed(reason, certain=False)
