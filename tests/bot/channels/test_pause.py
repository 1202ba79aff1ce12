"""The pause after a failed poll: small at first, never over a minute, never the same for all bots."""

from __future__ import annotations

from bot.channels.pause import GrowingPause


def test_it_doubles_up_to_a_minute() -> None:
    pause = GrowingPause(first=1.0)
    pauses = [pause.next() for _ in range(100)]

    wanted = [min(60.0, 2.0**number) for number in range(100)]
    assert all(whole / 2 <= given <= whole for given, whole in zip(pauses, wanted, strict=True))
    assert len(set(pauses[10:])) > 1


def test_it_starts_small_again_after_an_answer() -> None:
    pause = GrowingPause(first=1.0)
    for _ in range(10):
        pause.next()
    pause.reset()

    assert pause.next() <= 1.0
