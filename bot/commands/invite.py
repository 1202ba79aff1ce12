"""``dondoc invite UNIT``: an invite from the command line; how the first coordinator comes in."""

from __future__ import annotations

import json
from datetime import timedelta

import click

from bot.archive import open_archive
from bot.settings import Settings
from bot.wiring import channels_of
from handlers.texts import joining
from handlers.view import Role
from handlers.wording import day
from knowledge.errors import Refused
from scheduler.clock import Clock
from storage.authorities import Authority
from storage.work import UnitOfWork


async def create_invite(
    settings: Settings, clock: Clock, unit: str, authority: str | None, role: str, days: int, *, as_json: bool
) -> None:
    """Make an invite and print its code, with the links of the channels that have some."""
    async with open_archive(settings, clock) as archive:
        now = clock.now()
        expires = now + timedelta(days=days)
        async with archive.store.unit() as work:
            owner = await _authority(work, authority)
            code = await work.people.invite(
                await work.authorities.ensure_unit(owner.id, unit), Role(role), now=now, expires=expires
            )
        links = {}
        for name, channel in channels_of(settings).items():
            try:
                await channel.check()
                links[name] = channel.invite_link(code)
            finally:
                await channel.close()
        if as_json:
            shape = {"code": code, "unit": unit, "role": role, "expires": expires.isoformat(), "links": links}
            click.echo(json.dumps(shape, ensure_ascii=False))
            return
        click.echo(joining.INVITE_READY.format(unit=unit, role=joining.ROLES[role], code=code, day=day(expires.date())))
        for link in filter(None, links.values()):
            click.echo(joining.INVITE_LINK.format(link=link).strip())


async def _authority(work: UnitOfWork, name: str | None) -> Authority:
    """The authority meant: the one named, or the only one there is; a commune comes before its province."""
    if name is not None:
        return await work.authorities.find(name) or await work.authorities.ensure(name)
    known = await work.authorities.list()
    parents = {authority.parent for authority in known}
    communes = [authority for authority in known if authority.id not in parents]
    if len(communes) == 1:
        return communes[0]
    if not known:
        raise Refused('Chưa có UBND nào. Nạp kế hoạch trước (dondoc ingest TỆP), hoặc thêm --of "UBND xã ...".')
    raise Refused('Có nhiều UBND; thêm --of "TÊN". Đang có: ' + "; ".join(a.name for a in known))
