"""The sentences of an answer: figure first, place second, short enough for a phone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.plan import Indicator
from knowledge.source import Origin
from retrieval.answer import Answer, AnswerKind, Citation
from retrieval.grounding import grounded
from retrieval.places import PreparedPlan
from retrieval.shelf import Reported
from retrieval.values import Span, plain

# A phone shows about this much without scrolling; the source line comes on top.
MAX_BODY: Final = 320
_MAX_NAME: Final = 140
_HEADING: Final = 64  # letters; what is longer goes on as a sentence
_KINDS: Final = {"QĐ": "Quyết định", "NQ": "Nghị quyết", "CT": "Chỉ thị", "KL": "Kết luận", "TB": "Thông báo"}
_LABEL: Final = re.compile(r"^(?:Phần\s+\S+|(?:[IVXLivxl1]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)\-:])\s*")
_ROW_MARK: Final = re.compile(r"\s*\|\s*")


def source_line(
    plan: PreparedPlan, where: str, citations: Sequence[Citation], question: str, origin: Origin | None = None
) -> tuple[str, list[Citation]]:
    """ "Nguồn: Kế hoạch 20/KH-UBND ngày 03/02/2026, Phụ lục, dòng 12." and all citations it needs.

    A part whose figures no cited place holds is left out. ``origin`` is the amending document of the cited row.
    """
    document = plan.plan.document
    cited = list(citations)
    title = f"{_named(origin.number)} (sửa đổi {title_of(plan)})" if origin and origin.number else title_of(plan)
    dated = ""
    if document.date and not origin and plan.head and document.number:
        for spelled in (f"{document.date:%d/%m/%Y}", f"{document.date.day}/{document.date.month}/{document.date.year}"):
            if grounded(spelled, [*cited, plan.head], question):
                dated = f" ngày {spelled}"
                if plan.head not in cited:
                    cited.append(plan.head)
                break
    place = f", {where}" if where and grounded(where, cited, question) else ""
    if where and not place:
        bare = re.sub(r"(?:,?\s*\bdòng)?[\s.]*\d+(?:[.\-]\w+)*", "", where).strip(" ,.")
        page = cited[0].page if cited else None
        place = (f", {bare}" if bare else "") + (f", trang {page}" if page else "")
    return f"Nguồn: {title}{dated}{place}.", cited


def title_of(plan: PreparedPlan) -> str:
    """ "Kế hoạch 20/KH-UBND": the kind that the number's letters say, and the number."""
    number = plan.plan.document.number
    if not number:
        return f"Kế hoạch của {plan.shelved.authority}"
    return _named(number)


def _named(number: str) -> str:
    letters = re.search(r"[/-](QĐ|NQ|CT|KL|TB)\b", number)
    return f"{_KINDS.get(letters[1] if letters else '', 'Kế hoạch')} {number}"


def place_of_path(path: Sequence[str]) -> str:
    """Where a chunk stands, for a person: the innermost heading that is one, in quotation marks, numbers left out.

    A heading that goes on as a sentence ("3. Văn phòng theo dõi, đôn đốc ...") is passed over for the one above it.
    """
    heads = [heading(part) for part in path if heading(part)]
    if not heads:
        return ""
    short = [head for head in heads if len(head) <= _HEADING]
    inner = short[-1] if short else heads[-1]
    return clip(inner, _HEADING) if plain(inner).startswith("phu luc") else f"mục “{clip(inner, _HEADING)}”"


def heading(part: str) -> str:
    """A heading without its number."""
    return _LABEL.sub("", part.strip()).strip(" .:;")


def indicator_line(indicator: Indicator, reported: Reported | None, *, first: bool = False) -> str:
    """The target, then what it is of, who leads it, by when, and the latest figure.

    ``first``: the latest figure was asked for, and comes first; where there is none, that is said.
    """
    value = spaced(indicator.target.text)
    name = clip(capital(indicator.name.rstrip(" .;,")), _MAX_NAME)
    text = f"{capital(value)}: {ended(name)}"
    if first and reported is not None:
        text = f"{reported.text} ({reported.period}, đã duyệt): {ended(name)} Chỉ tiêu: {value}."
    elif first:
        text = f"Chưa có số liệu được duyệt: {ended(name)} Chỉ tiêu: {value}."
    if indicator.lead:
        text += f" Chủ trì: {clip('; '.join(indicator.lead), 100)}."
    if indicator.due and plain(indicator.due) not in plain(name):
        text += f" Thời hạn: {clip(indicator.due, 60)}."
    if reported is not None and not first:
        text += f" Báo cáo gần nhất: {reported.text} ({reported.period}, đã duyệt)."
    return text


def doubt(indicator: Indicator, confirmed: bool) -> str:
    """What must be said of a repaired or doubtful target; empty where nothing was repaired."""
    repair = next((r for r in indicator.repairs if r.field == "target"), None)
    understood = spaced(indicator.target.text)
    if repair is not None and _figures_differ(repair.original, understood):
        printed = f'Bản quét in "{repair.original}", tôi hiểu là {understood}'
        return f" {printed}, đã được xác nhận." if confirmed else f" {printed}; số đã sửa này chưa được xác nhận."
    if indicator.checks and not confirmed:
        return " Dòng này của bản quét còn chỗ đọc chưa chắc, chưa được xác nhận."
    return ""


def capital(text: str) -> str:
    """``text`` with its first letter raised, as a sentence or a line begins."""
    return text[:1].upper() + text[1:]


def spaced(text: str) -> str:
    """A percentage as it is written in Vietnamese: "60 %"."""
    return re.sub(r"(?<=\d)%", " %", text)


def _figures_differ(printed: str, understood: str) -> bool:
    return re.sub(r"\D", "", printed) != re.sub(r"\D", "", understood)


def clip(text: str, limit: int) -> str:
    """``text`` on one line, cut at a word with an ellipsis where it is longer than ``limit``."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def continued(text: str) -> str:
    """A quotation that begins within a sentence is marked as one."""
    return f"…{text}" if text[:1].islower() else text


def ended(text: str) -> str:
    """``text`` as a sentence; one that was cut keeps its ellipsis alone."""
    text = text.rstrip(" ;,:")
    return text if text.endswith(("…", ".", "?", "!")) else f"{text}."


def excerpt(text: str, keep: Span, limit: int = MAX_BODY) -> str:
    """The part of ``text`` around ``keep`` that fits ``limit``, cut at commas or words, with ellipses where cut."""
    text = text.replace("\n", " ")
    if len(text) <= limit:
        return _tidy(text)
    room = max(0, limit - (keep[1] - keep[0]))
    start = max(0, keep[0] - room * 2 // 3)
    end = min(len(text), start + limit)
    start = max(0, end - limit)
    if start > 0:
        comma = re.search(r"[,;:.]\s", text[start : keep[0]])
        space = text.find(" ", start)
        start = start + comma.end() if comma and comma.end() < 80 else (space + 1 if 0 <= space <= keep[0] else start)
    if end < len(text):
        space = text.rfind(" ", max(keep[1], start), end)
        end = space if space > keep[1] else end
    return _tidy(("…" if start > 0 else "") + text[start:end].strip(" ,;") + ("…" if end < len(text) else ""))


def _tidy(text: str) -> str:
    text = " ".join(_ROW_MARK.sub("; ", text).split())
    return re.sub(r"^(?:…)?\s*[-–+•*;]\s*", lambda m: "…" if m.group().startswith("…") else "", text).strip()


def nothing(text: str, citations: Sequence[Citation] = (), verbatim: str | None = None) -> Answer:
    """The honest answer where the plans do not say."""
    return Answer(text, AnswerKind.NONE, tuple(citations), verbatim=verbatim)


ASK_AGAIN: Final = (
    'Anh/chị hỏi giúp một câu về kế hoạch chuyển đổi số, ví dụ: "chỉ tiêu phủ sóng 5G của xã là bao nhiêu?"'
)
NO_PLAN: Final = (
    "Chưa có kế hoạch nào được nạp cho đơn vị của anh/chị. Anh/chị nhờ Phòng Văn hóa - Xã hội gửi kế hoạch giúp."
)
NO_SIGNER: Final = "{plan}: không đọc được người ký. Anh/chị xem giúp bản gốc."
UNCLEAR: Final = "(Lời bản quét, có chỗ in không rõ.)"
NO_PLAN_OF: Final = "Chưa có kế hoạch nào của {place} được nạp."
NO_PROVINCE: Final = "Chưa có kế hoạch của tỉnh được nạp."
NOT_STATED: Final = "{plan} không nêu nội dung này."
NOT_ALL_STATED: Final = "Phần còn lại của câu hỏi, kế hoạch không nêu."
NOT_STATED_YEAR: Final = "{plan} không nêu nội dung này cho năm {years}."
NEAREST: Final = " Gần nhất: {text}"
WHICH: Final = "Có {count} chỉ tiêu phù hợp, anh/chị hỏi chỉ tiêu nào?"
