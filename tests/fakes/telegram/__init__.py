"""A Telegram of our own: the Bot API over real HTTP, with people who write and press.

``server`` is the application and the test's handle, ``people`` what persons do, ``methods`` the Bot API, ``rules`` what
Telegram refuses, ``world`` the state. ``python -m tests.fakes.telegram`` runs it alone.
"""

from tests.fakes.telegram.people import Group, Heard, Person
from tests.fakes.telegram.server import FakeTelegram

__all__ = ["FakeTelegram", "Group", "Heard", "Person"]
