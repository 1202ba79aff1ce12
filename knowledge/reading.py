"""From a file to a ``Plan``: the way every document takes, whichever channel it came through."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.plan import Plan
from knowledge.readers import Progress, read
from knowledge.understanding import understand


def read_plan(content: bytes, name: str, *, progress: Progress | None = None, siblings: Sequence[Plan] = ()) -> Plan:
    """What the file ``content``, sent under ``name``, says as a plan.

    ``siblings`` are plans already read (the province's, other communes'): evidence for the repair of
    damaged targets. ``progress(page, of)`` is called as pages are done. Takes seconds for a long text and
    about a second a page for a scan: call it away from the event loop. Raises UnreadableFile (EmptyFile,
    FileTooLarge, NotADocument, MissingReader), each with the sentence for the person who sent the file.
    """
    return understand(read(content, name, progress), siblings)
