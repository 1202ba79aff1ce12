"""From one Telegram update to ``Incoming``: pure, no network."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Message, Update, User
from telegram.constants import ChatType

from bot.channels.channel import Moved, RawUpdate, UnreadableUpdate
from handlers.message import Attachment, ChatRef, Incoming, MessageKind

CHANNEL = "telegram"

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>[A-Za-z0-9_]+))?(?:\s+(?P<rest>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Myself:
    """The bot's own account; ``username`` is None until Telegram has told it."""

    id: int
    username: str | None = None
    reads_all_group_messages: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, and a topic of it where the group has topics; written "-100123" or "-100123:45"."""

    chat: int
    topic: int | None = None

    @classmethod
    def of(cls, address: str) -> Place:
        """Read an address; ``ValueError`` when it is none."""
        chat, colon, topic = address.partition(":")
        return cls(int(chat), int(topic) if colon else None)

    @property
    def address(self) -> str:
        """The address as it is stored."""
        return f"{self.chat}" if self.topic is None else f"{self.chat}:{self.topic}"


def read(update: RawUpdate, me: Myself) -> Incoming | None:
    """An update in our terms; None for what concerns nobody. Raises ``UnreadableUpdate``."""
    known = _understand(update)
    if known.callback_query is not None:
        return _press(known.callback_query, update.identity)
    if known.message is not None:
        return _message(known.message, update.identity, me)
    return None


def moved(update: RawUpdate) -> Moved | None:
    """Whether the update says that a group became a supergroup."""
    message = _understand(update).message
    if message is None or message.migrate_to_chat_id is None:
        return None
    return Moved(ChatRef(CHANNEL, str(message.chat.id)), ChatRef(CHANNEL, str(message.migrate_to_chat_id)))


def pressed(update: RawUpdate) -> str | None:
    """The identity of the press that Telegram wants answered, None where the update is no press."""
    body: Any = update.body.get("callback_query")
    identity = body.get("id") if isinstance(body, dict) else None
    return identity if isinstance(identity, str) else None


def _understand(update: RawUpdate) -> Update:
    try:
        known = Update.de_json(update.body, None)
    # The library raises whatever a missing or oddly typed field leads to.
    except Exception as error:
        raise UnreadableUpdate(f"Telegram update {update.identity}: {type(error).__name__}") from error
    return known


def _message(message: Message, identity: str, me: Myself) -> Incoming | None:
    account = _account(message)
    if account is None or message.is_automatic_forward:
        return None
    group = message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    if not group and message.chat.type != ChatType.PRIVATE:
        return None
    kind, attachment = _content(message)
    if kind is None:
        return None
    typed = unicodedata.normalize("NFC", message.text or message.caption or "")
    text, named = _without_mention(typed, me) if group else (typed, False)
    command = _COMMAND.fullmatch(text) if kind is MessageKind.TEXT else None
    addressed = not group or named or _answers_us(message, me)
    if command is not None:
        for_another = command["bot"] is not None and command["bot"].lower() != (me.username or "").lower()
        addressed = not group or named or not for_another
        kind, text = _command(command, text, for_another=for_another)
    sender = message.from_user
    return Incoming(
        chat=ChatRef(CHANNEL, _place(message).address),
        update=identity,
        account=account,
        kind=kind,
        text=text,
        attachment=attachment,
        account_name=_name(sender) if sender is not None and not sender.is_bot else None,
        group=group,
        addressed=addressed,
        sent_at=message.date,
    )


def _press(query: CallbackQuery, identity: str) -> Incoming | None:
    """A press of an inline button; its text is the label that the person saw, where the message still tells it."""
    message = query.message
    if message is None or query.data is None:
        return None
    label = ""
    place = Place(message.chat.id)
    if isinstance(message, Message):
        place = _place(message)
        rows = message.reply_markup.inline_keyboard if message.reply_markup is not None else ()
        label = next((button.text for row in rows for button in row if button.callback_data == query.data), "")
    return Incoming(
        chat=ChatRef(CHANNEL, place.address),
        update=identity,
        account=str(query.from_user.id),
        kind=MessageKind.CHOICE,
        text=unicodedata.normalize("NFC", label),
        choice=query.data,
        account_name=_name(query.from_user),
        group=message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP),
    )


def _account(message: Message) -> str | None:
    """Who wrote. An anonymous administrator writes in the name of the group, which is nobody's account."""
    if message.sender_chat is not None:
        return str(message.sender_chat.id)
    if message.from_user is None or message.from_user.is_bot:
        return None
    return str(message.from_user.id)


def _name(user: User) -> str:
    return unicodedata.normalize("NFC", user.full_name)


def _place(message: Message) -> Place:
    # Replies in a group without topics carry a thread id too, which is no place to write to.
    return Place(message.chat.id, message.message_thread_id if message.is_topic_message else None)


def _content(message: Message) -> tuple[MessageKind | None, Attachment | None]:
    """What sort of message it is; no kind for the notices that Telegram writes itself (joined, pinned)."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return MessageKind.PHOTO, Attachment(largest.file_id, "anh.jpg", largest.file_size, "image/jpeg")
    # A moving picture comes with a document beside it, for old programs.
    if message.document is not None and message.animation is None:
        document = message.document
        name = unicodedata.normalize("NFC", document.file_name or "tep")
        return MessageKind.FILE, Attachment(document.file_id, name, document.file_size, document.mime_type)
    if message.text is not None:
        return MessageKind.TEXT, None
    if message.effective_attachment is not None:
        return MessageKind.UNSUPPORTED, None
    return None, None


def _without_mention(text: str, me: Myself) -> tuple[str, bool]:
    """The text without "@ourname", and whether that was there. "/command@ourname" is left to the command."""
    if me.username is None:
        return text, False
    mention = re.compile(rf"(?<![\w/@])@{re.escape(me.username)}(?!\w)[ \t:,]*", re.IGNORECASE)
    rest, found = mention.subn("", text)
    return (rest.strip(), True) if found else (text, False)


def _answers_us(message: Message, me: Myself) -> bool:
    answered = message.reply_to_message
    # Every message of a topic answers the notice that opened the topic, which the bot itself may have opened.
    if answered is None or answered.forum_topic_created is not None:
        return False
    return answered.from_user is not None and answered.from_user.id == me.id


def _command(command: re.Match[str], text: str, *, for_another: bool) -> tuple[MessageKind, str]:
    """A command without the bot's name; /start is the invitation that it carries."""
    if for_another:
        return MessageKind.TEXT, text
    rest = (command["rest"] or "").strip()
    if command["name"].lower() == "start":
        return MessageKind.START, rest
    return MessageKind.TEXT, f"/{command['name']} {rest}".rstrip()
