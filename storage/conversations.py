"""Conversation states as JSON rows: they outlive the process, the phone, and a new version of the program."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.message import ChatRef, Choice
from handlers.state import IDLE, STATE_VERSION, Menu, State
from scheduler.clock import Clock
from storage.chats import Chats
from storage.models import ChatRow, ConversationRow
from storage.upsert import insert_or_update


class Conversations:
    """The state and the last menu of each account in each chat."""

    def __init__(self, session: AsyncSession, chats: Chats, clock: Clock) -> None:
        self._session = session
        self._chats = chats
        self._clock = clock

    async def load(self, chat: ChatRef, account: str) -> tuple[State, Menu | None]:
        """Where the conversation stands; idle when it is new, or was left by a program that meant other steps."""
        row = (
            await self._session.execute(
                select(ConversationRow.state, ConversationRow.menu)
                .join(ChatRow, ChatRow.id == ConversationRow.chat_id)
                .where(
                    ChatRow.channel == chat.channel,
                    ChatRow.address == chat.address,
                    ConversationRow.account == account,
                )
            )
        ).one_or_none()
        if row is None or row.state.get("version") != STATE_VERSION:
            return IDLE, None
        state = State(row.state["flow"], row.state["step"], row.state["slots"])
        if row.menu is None:
            return state, None
        choices = tuple(Choice(label, value) for label, value in row.menu["choices"])
        return state, Menu(choices, datetime.fromisoformat(row.menu["shown_at"]), row.menu["awaits_figure"])

    async def save(self, chat: ChatRef, account: str, state: State, menu: Menu | None) -> None:
        """Replace what was kept of the conversation."""
        row = await self._chats.ensure(chat)
        values = {
            "chat_id": row.id,
            "account": account,
            "state": {
                "version": STATE_VERSION,
                "flow": state.flow,
                "step": state.step,
                "slots": dict(state.slots),
            },
            "menu": None
            if menu is None
            else {
                "choices": [[c.label, c.value] for c in menu.choices],
                "shown_at": menu.shown_at.isoformat(),
                "awaits_figure": menu.awaits_figure,
            },
            "updated_at": self._clock.now(),
        }
        await insert_or_update(self._session, ConversationRow, values, ("chat_id", "account"))
