"""A process that reads one plan for its parent: ``python -m knowledge.reading_process``.

In: the pickled ``(content, name, siblings)``. Out, each as ``write_frame`` puts it: ``("page", page, of)`` as pages are
done, then one of ``("plan", Plan)``, ``("refused", sentence)`` and ``("failed", traceback)``. A process of its own,
since a reading can take half an hour and only a process can be stopped; what it swallows or crashes on is lost with it
alone.
"""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from typing import IO, Any, Final

from knowledge.errors import Refused
from knowledge.reading import read_plan

# A frame is the length of a pickle in this many bytes, highest first, and the pickle.
LENGTH: Final = 8


def write_frame(channel: IO[bytes], *frame: Any) -> None:
    """Send one frame, at once."""
    packed = pickle.dumps(frame)
    channel.write(len(packed).to_bytes(LENGTH, "big") + packed)
    channel.flush()


def main(orders: IO[bytes], channel: IO[bytes]) -> None:
    """Read what is asked for, and say how it went."""
    content, name, siblings = pickle.load(orders)  # noqa: S301 - written by our own parent
    try:
        plan = read_plan(
            content, name, progress=lambda page, of: write_frame(channel, "page", page, of), siblings=siblings
        )
    except BrokenPipeError:  # the parent is gone: nobody waits for this plan
        return
    except Refused as refusal:
        write_frame(channel, "refused", refusal.sentence)
    except Exception:  # noqa: BLE001 - the parent logs it and tells the sender
        write_frame(channel, "failed", traceback.format_exc())
    else:
        write_frame(channel, "plan", plan)


if __name__ == "__main__":
    # Libraries print to standard output now and then; the frames go through a copy of it that only we hold.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    main(sys.stdin.buffer, out)
