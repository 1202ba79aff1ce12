"""A Zalo Bot Platform of our own: long polling and sending over real HTTP, with people who write.

It agrees with what is publicly known of the real one and can prove no more than that. ``server`` is the application and
the test's handle, ``methods`` the Bot API, ``world`` the state, ``people`` what persons do.
"""

from tests.fakes.zalo.people import Group, Person
from tests.fakes.zalo.server import FakeZalo

__all__ = ["FakeZalo", "Group", "Person"]
