"""The composition root: reads from top to bottom how the parts are put together. Nothing else makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.archive import Archive
from bot.channels.channel import Channel
from bot.delivery import Delivery
from bot.dispatch import Dispatch
from bot.evidence_keeping import EvidenceKeeping
from bot.plan_reading import Limits, PlanReading
from bot.settings import Settings
from bot.timekeeping import Timekeeping


@dataclass(frozen=True, slots=True)
class Program:
    """The running bot: an archive, channels, and what moves messages between them."""

    archive: Archive
    channels: dict[str, Channel]
    dispatch: Dispatch
    delivery: Delivery
    reading: PlanReading
    timekeeping: Timekeeping
    evidence: EvidenceKeeping


def channels_of(settings: Settings) -> dict[str, Channel]:
    """The configured messengers."""
    channels: dict[str, Channel] = {}
    if settings.telegram_token is not None:
        from bot.channels.telegram import TelegramChannel

        channels["telegram"] = TelegramChannel(
            settings.telegram_token.get_secret_value(),
            base_url=settings.telegram_base_url,
            poll_seconds=settings.poll_seconds,
        )
    if settings.zalo_token is not None:
        from bot.channels.zalo import ZaloChannel

        channels["zalo"] = ZaloChannel(
            settings.zalo_token.get_secret_value(),
            base_url=settings.zalo_base_url,
            poll_seconds=settings.poll_seconds,
        )
    return channels


def program_of(archive: Archive, channels: Sequence[Channel]) -> Program:
    """The bot over an open archive."""
    by_name = {channel.name: channel for channel in channels}
    store, clock, calendar = archive.store, archive.clock, archive.calendar
    dispatch = Dispatch(store, clock, calendar, archive.library, by_name)
    delivery = Delivery(store, clock, calendar, by_name)
    limits = Limits(archive.settings.upload_limit, archive.settings.reading_seconds)
    reading = PlanReading(store, dispatch, delivery, archive.library, by_name, limits)
    timekeeping = Timekeeping(store, clock, calendar, delivery)
    evidence = EvidenceKeeping(store, by_name, archive.settings.upload_limit)
    return Program(archive, by_name, dispatch, delivery, reading, timekeeping, evidence)
