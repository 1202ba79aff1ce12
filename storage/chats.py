"""Addresses in channels, and whose they are."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.message import ChatRef
from storage.models import ChatRow, ConversationRow, OutboxRow, ReminderRow
from storage.upsert import insert_if_new


class Chats:
    """Finds and makes chats."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def row(self, chat: ChatRef) -> ChatRow | None:
        """The chat's row, if it was ever written to."""
        return (
            await self._session.scalars(
                select(ChatRow).where(ChatRow.channel == chat.channel, ChatRow.address == chat.address)
            )
        ).one_or_none()

    async def ensure(self, chat: ChatRef) -> ChatRow:
        """The chat's row, made where there is none yet."""
        if (row := await self.row(chat)) is not None:
            return row
        values = {"channel": chat.channel, "address": chat.address, "leaving": False}
        await insert_if_new(self._session, ChatRow, values, ("channel", "address"))
        row = await self.row(chat)
        assert row is not None, "just inserted, or another process was faster"
        return row

    async def moved(self, chat: ChatRef, address: str) -> None:
        """The messenger gave the chat a new address (a group that became a supergroup); everything follows it."""
        old = await self.row(chat)
        if old is None or old.address == address:
            return
        new = await self.row(ChatRef(chat.channel, address))
        if new is None:
            old.address = address
            await self._session.flush()
            return
        for follower in (OutboxRow, ReminderRow):
            await self._session.execute(update(follower).where(follower.chat_id == old.id).values(chat_id=new.id))
        known = select(ConversationRow.account).where(ConversationRow.chat_id == new.id)
        await self._session.execute(
            update(ConversationRow)
            .where(ConversationRow.chat_id == old.id, ConversationRow.account.not_in(known))
            .values(chat_id=new.id)
        )
        new.person_id = new.person_id or old.person_id
        new.authority_id = new.authority_id or old.authority_id
        new.unit_id = new.unit_id or old.unit_id
        await self._session.delete(old)
        await self._session.flush()
