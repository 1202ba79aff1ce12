"""``dondoc run``: the bot with every configured channel, the time and the delivery in one process."""

from __future__ import annotations

from bot.archive import open_archive
from bot.serving import serve
from bot.settings import Settings
from bot.wiring import channels_of, program_of
from knowledge.errors import Misconfigured
from scheduler.clock import Clock


async def run_bot(settings: Settings, clock: Clock) -> None:
    """Run until SIGTERM; ``Misconfigured`` when no channel is set up or a token is refused."""
    channels = channels_of(settings)
    if not channels:
        raise Misconfigured(
            "Chưa khai báo kênh nào: đặt DONDOC_TELEGRAM_TOKEN hoặc DONDOC_ZALO_TOKEN, "
            "hoặc thử trên màn hình này bằng lệnh: dondoc chat"
        )
    async with open_archive(settings, clock) as archive:
        await serve(program_of(archive, list(channels.values())))
