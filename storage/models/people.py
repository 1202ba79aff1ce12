"""Authorities, their units, and the people in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class AuthorityRow(Base):
    """UBND of a commune or a province; ``key`` is the folded name that finds it again."""

    __tablename__ = "authority"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(300), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("authority.id"))


class UnitRow(Base):
    """A unit of one authority under its usual name."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("authority_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    name: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(300))


class UnitAliasRow(Base):
    """Another way to write a unit ("VP HĐND&UBND"), folded."""

    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("authority_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(300))


class PersonRow(Base):
    """A person. Once forgotten the row stays without a name, so that the trail of changes still has its ends."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    joined_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]


class AccountRow(Base):
    """A person's account in a channel."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("channel", "account"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(200))


class MembershipRow(Base):
    """A person's role in a unit from one moment to another; ``ends`` is empty while it lasts."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "unit_id", "ends"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(20))
    starts: Mapped[datetime]
    ends: Mapped[datetime | None]


class ConsentRow(Base):
    """Who agreed to which version of the words about personal data, and when; provable after the name is gone."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class InviteRow(Base):
    """One person's way into a unit; ``key`` is the code in lower case, since people type codes."""

    __tablename__ = "invite"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
