"""Coming, inviting others, bringing a group, and leaving."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, select, update

from handlers.changes import AcceptInvite, CreateInvite, LeaveAndForget, RegisterGroup
from reporting.errors import NotAllowed
from storage.change import Hand
from storage.errors import BadInvite
from storage.models import (
    AccountRow,
    ChatRow,
    ConsentRow,
    ConversationRow,
    InviteRow,
    MembershipRow,
    OutboxRow,
    PersonRow,
    ReminderRow,
)
from storage.rights import authority_of_unit

_UNKNOWN: Final = "Mã mời này không đúng. Anh/chị kiểm tra lại, hoặc xin mã mới từ người đã mời."
_EXPIRED: Final = "Mã mời này đã hết hạn. Anh/chị xin mã mới từ người đã mời."
_USED: Final = "Mã mời này đã được dùng. Mỗi mã chỉ dùng một lần, anh/chị xin mã mới từ người đã mời."
_ONLY_PRIVATE: Final = "Anh/chị mở trò chuyện riêng với tôi để tham gia bằng mã mời."
_ONLY_GROUP: Final = "Anh/chị gửi yêu cầu này trong nhóm cần đăng ký."


async def accept_invite(hand: Hand, change: AcceptInvite) -> None:
    """Join with a code; an invite is for one person and once. Accepting one's own again changes nothing."""
    actor = hand.rights.actor
    if actor.group:
        raise NotAllowed(_ONLY_PRIVATE)
    invite = (
        await hand.session.scalars(
            select(InviteRow).where(InviteRow.key == change.code.strip().lower()).with_for_update()
        )
    ).one_or_none()
    if invite is None:
        raise BadInvite(_UNKNOWN)
    if invite.used_at is not None:
        if invite.used_by is not None and invite.used_by == hand.person:
            return
        raise BadInvite(_USED)
    if invite.expires <= hand.now:
        raise BadInvite(_EXPIRED)
    person = hand.person
    if person is None:
        row = PersonRow(name=change.name.strip() or actor.account_name, joined_at=hand.now)
        hand.session.add(row)
        await hand.session.flush()
        person = row.id
        hand.session.add(AccountRow(person_id=person, channel=actor.channel, account=actor.account))
    invite.used_at, invite.used_by = hand.now, person
    known = await hand.session.scalar(
        select(MembershipRow.id).where(
            MembershipRow.person_id == person,
            MembershipRow.unit_id == invite.unit_id,
            MembershipRow.role == invite.role,
            MembershipRow.ends.is_(None),
        )
    )
    if known is None:
        hand.session.add(MembershipRow(person_id=person, unit_id=invite.unit_id, role=invite.role, starts=hand.now))
    hand.session.add(ConsentRow(person_id=person, version=change.consent, given_at=hand.now))
    chat = await hand.chats.ensure(actor.chat)
    chat.person_id, chat.leaving = person, False
    hand.note(
        "accept_invite",
        "invite",
        invite.id,
        authority=await authority_of_unit(hand.session, invite.unit_id),
        after={"unit": invite.unit_id, "role": invite.role, "consent": change.consent},
        person=person,
    )


async def create_invite(hand: Hand, change: CreateInvite) -> None:
    """Invite one person to a unit of the coordinator's authority."""
    authority = await authority_of_unit(hand.session, change.unit)
    hand.rights.coordinates(authority)
    await hand.people.invite(
        change.unit, change.role, now=hand.now, expires=change.expires, code=change.code, by=hand.person
    )
    hand.note(
        "create_invite",
        "unit",
        change.unit,
        authority=authority,
        after={"role": change.role, "expires": change.expires.isoformat()},
    )


async def register_group(hand: Hand, change: RegisterGroup) -> None:
    """Make this group the authority's, or one unit's; a group that is another authority's stays so."""
    if not hand.rights.actor.group:
        raise NotAllowed(_ONLY_GROUP)
    if change.unit is None:
        authority = hand.rights.coordinates_something()
    else:
        authority = await authority_of_unit(hand.session, change.unit)
        hand.rights.of_unit(change.unit)
    chat = await hand.chats.ensure(hand.chat)
    if chat.authority_id is not None:
        hand.rights.coordinates(chat.authority_id)
    before = {"authority": chat.authority_id, "unit": chat.unit_id}
    chat.authority_id, chat.unit_id = authority, change.unit
    hand.note(
        "register_group",
        "chat",
        chat.id,
        authority=authority,
        before=before,
        after={"authority": authority, "unit": change.unit},
    )


async def leave_and_forget(hand: Hand, change: LeaveAndForget) -> None:
    """Erase the person's name, accounts, chats and conversations.

    What they reported stays with the unit, and that they consented stays provable, both by a number without a name.
    The chat itself goes when the last word to it has been sent (``Outbox``).
    """
    assert hand.person is not None, "strangers were refused"
    person = await hand.session.get_one(PersonRow, hand.person)
    person.name, person.forgotten_at = None, hand.now
    of_person = {"person_id": person.id}
    for row, ended in ((MembershipRow, "ends"), (ConsentRow, "withdrawn_at")):
        await hand.session.execute(update(row).filter_by(**of_person, **{ended: None}).values(**{ended: hand.now}))
    chats = (await hand.session.scalars(select(ChatRow).where(ChatRow.person_id == person.id))).all()
    for chat in chats:
        for kept in (OutboxRow, ConversationRow, ReminderRow):
            await hand.session.execute(delete(kept).where(kept.chat_id == chat.id))
        if (chat.channel, chat.address) == (hand.chat.channel, hand.chat.address):
            chat.person_id, chat.leaving = None, True
        else:
            await hand.session.delete(chat)
    accounts = (await hand.session.execute(select(AccountRow.channel, AccountRow.account).filter_by(**of_person))).all()
    for channel, account in accounts:
        # What is left are their conversations in groups.
        await hand.session.execute(
            delete(ConversationRow).where(
                ConversationRow.account == account,
                ConversationRow.chat_id.in_(select(ChatRow.id).where(ChatRow.channel == channel)),
            )
        )
    await hand.session.execute(delete(AccountRow).filter_by(**of_person))
    hand.note("leave_and_forget", "person", person.id, after={"chats": len(chats), "accounts": len(accounts)})
