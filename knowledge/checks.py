"""What the reader says of a row that it doubts: by how a reason begins it is known what it is about."""

from __future__ import annotations

from typing import Final

# Every reason that begins so is about the lead unit; all others are about the target.
LEAD: Final = "Cơ quan chủ trì"
# Two places of the plan name different units; each was read for certain.
LEADS_DIFFER: Final = f"{LEAD} ghi khác nhau"
# There is a unit in the print, and nothing could be made of it.
DUE_UNREAD: Final = "Thời gian của nhiệm vụ này in không rõ; đề nghị xem bản gốc."
LEAD_UNREAD: Final = f"{LEAD} của nhiệm vụ này in không rõ; đề nghị xem bản gốc."


def of_lead(reason: str) -> bool:
    """Whether a reason is about the lead unit."""
    return reason.startswith(LEAD)
