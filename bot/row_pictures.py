"""Pictures of the rows that a coordinator is asked about, cut from the stored file outside the conversation."""

from __future__ import annotations

import asyncio
import pickle
from collections import OrderedDict
from dataclasses import replace
from typing import Final

import structlog

from bot.apart import apart, frame, order
from handlers.message import Document, Outgoing
from handlers.texts import planning
from knowledge.row_picture import is_pictured
from knowledge.source import Box, Source
from storage.row_places import doubtful_places
from storage.store import Store

log = structlog.get_logger()

# A person waits for the question: it comes without its picture rather than later. A page takes one or two seconds.
_PATIENCE_SECONDS: Final = 10.0
# Pictures kept, each 50 KB on average: those of a plan that several people look through, again and again.
_MOST_KEPT: Final = 100

_Place = tuple[int, int, Box]


class RowPictures:
    """Fills in what a handler only names: ``Outgoing.row``. One page is drawn at a time, whoever asks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[_Place, Document | None] = OrderedDict()
        self._drawing = asyncio.Lock()

    async def shown(self, reply: Outgoing, *, as_picture: bool) -> Outgoing:
        """The reply with the row's page in words and, where the channel can show one, its picture.

        A row of a file without pages (text, Word) stays as it is; so does one whose page cannot be drawn in time.
        """
        if reply.row is None:
            return reply
        async with self._store.reading() as unit:
            plan, sources = await doubtful_places(unit.session, reply.row)
        source = sources.get(reply.row)
        if source is None or source.page is None:
            return reply
        reply = replace(reply, text=f"{reply.text}\n{planning.ROW_PAGE.format(page=source.page)}")
        if not as_picture or source.box is None:
            return reply
        place = (plan, source.page, source.box)
        if place not in self._kept:
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS), self._drawing:
                    await self._draw(plan, source.page, sources)
            except TimeoutError:
                log.warning("row_picture_late", plan=plan, page=source.page)
        return replace(reply, document=self._kept.get(place))

    async def _draw(self, plan: int, page: int, sources: dict[int, Source]) -> None:
        """Cut all doubtful rows of the page at once: drawing it costs far more than cutting."""
        rows = {indicator: s.box for indicator, s in sources.items() if s.page == page and s.box is not None}
        if all((plan, page, box) in self._kept for box in rows.values()):
            return
        async with self._store.reading() as unit:
            content = await unit.plans.content(plan)
        pictures = await _cut(content, page, list(rows.values())) if is_pictured(content) else None
        if pictures is None:
            log.warning("row_picture_missing", plan=plan, page=page)
        for at, (indicator, box) in enumerate(rows.items()):
            self._keep((plan, page, box), _document(indicator, pictures[at]) if pictures else None)

    def _keep(self, place: _Place, picture: Document | None) -> None:
        self._kept[place] = picture
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


def _document(indicator: int, content: bytes) -> Document:
    return Document(f"dong-{indicator}.jpg", "image/jpeg", content)


async def _cut(content: bytes, page: int, boxes: list[Box]) -> list[bytes] | None:
    """What ``knowledge.row_picture`` cuts in a process of its own; None where it cannot."""
    async with apart("knowledge.row_picture") as process:
        try:
            await order(process, content, page, boxes)
            match await frame(process):
                case "pictures", *pictures if len(pictures) == len(boxes):
                    return [bytes(picture) for picture in pictures]
                case _:
                    return None
        except (asyncio.IncompleteReadError, ConnectionError, pickle.UnpicklingError):
            return None
