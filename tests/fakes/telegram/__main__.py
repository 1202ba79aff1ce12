"""The fake alone, with the terminal as one person's phone: ``python -m tests.fakes.telegram --port 9000``.

A line is a message, ``[label]`` presses a button; what the bot sends is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.fakes.telegram import FakeTelegram, Person


async def listen(person: Person) -> None:
    """Print the bot's messages as they come."""
    while True:
        heard = await person.hears(seconds=86_400)
        buttons = " ".join(f"[{label}]" for label in heard.buttons)
        print(f"< {heard.text} {buttons}".rstrip(), flush=True)


async def talk(fake: FakeTelegram, name: str) -> None:
    """One person's phone until the end of the input."""
    person = fake.person(name)
    listening = asyncio.create_task(listen(person))
    while line := await asyncio.to_thread(sys.stdin.readline):
        words = line.strip()
        try:
            if words.startswith("[") and words.endswith("]"):
                await person.presses(words[1:-1], seconds=1)
            elif words:
                await person.says(words)
        except AssertionError as nothing:
            print(nothing, file=sys.stderr)
    listening.cancel()


def main() -> None:
    """Start, say where, and talk."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=9000)
    options.add_argument("--name", default="Hoa", help="who writes")
    chosen = options.parse_args()
    with FakeTelegram(port=chosen.port) as fake:
        print(f"DONDOC_TELEGRAM_BASE_URL={fake.base_url} DONDOC_TELEGRAM_TOKEN={fake.token}", file=sys.stderr)
        asyncio.run(talk(fake, chosen.name))


if __name__ == "__main__":
    main()
