"""Who reports to whom, and through whom or what: the parties of a reporting clause, as printed."""

from __future__ import annotations

import re

from knowledge.plain import plain
from knowledge.sections import Block
from knowledge.unit_phrases import DEED
from knowledge.units import UNIT_START

_ADDRESSEE = (
    r"(?:UBND|Ủy ban|Uỷ ban|Uy ban|Sở|S\S{1,2} (?=[A-ZĐ])|Bộ|B[oộ6] |Phòng|Chủ tịch|Ban |Cục|Chi cục|Văn phòng"
    r"|Công an|Thường trực|"
    r"Đảng ủy|Đảng uỷ|Tỉnh ủy|Thành ủy|HĐND|Giám đốc|Thủ tướng|Chính phủ|Trung tâm|Tổ |Hội đồng|Thường vụ"
    r"|cơ quan thường trực)"
)
_TO = re.compile(rf"\b(?:về|cho|lên|gửi|với|tới|đến)\s+(?={_ADDRESSEE})")
_REPORT_TO = re.compile(rf"báo cáo\s+(?:(?:định kỳ|đột xuất|nhanh|thường xuyên)\s+)?(?={_ADDRESSEE})", re.IGNORECASE)
_SYSTEM = (
    r"(?:[Hh]ệ thống|[Pp]hần mềm|[ƯứỨ]ng dụng|[Nn]ền tảng|[Cc]ổng|[Tt]rang thông tin|[Tt]rục|[Nn]hóm Zalo"
    r"|[Zz]alo|[Tt]hư điện tử"
    r"|[Hh]ộp thư|[Ee]mail|tin nhắn)"
)
_VIA_BRACKETS = re.compile(r"\((?:gửi )?(?:th[oô]ng\s+)?qua\s+([^()]{3,90})\)")
_VIA_UNIT = re.compile(rf"\b(?:thông )?qua\s+(?={_ADDRESSEE}|{_SYSTEM})")
_VIA_SYSTEM = re.compile(rf"\b(?:trên|lên|vào|bằng)\s+(?={_SYSTEM})")
# Where the name of a party ends.
_NAME_END = re.compile(
    r"\s+(?:để|trước|kết quả|theo quy|theo yêu|theo định|trong (?:quý|ngày|tháng|vòng)|tại (?:địa chỉ|phiên|cuộc"
    r"|các cuộc|hội nghị)|qua|thông qua|bằng|khi|vào|định kỳ"
    r"|chậm nhất|muộn nhất|hằng|hàng|mỗi|ngay|tổng hợp|xem xét|chỉ đạo|tình hình|số liệu|tiến độ|nội dung"
    r"|về việc|về kết|danh sách"
    r"|\d+|hai lần|đột xuất|thường xuyên|đồng thời|như|sau|và\s+(?:trước|cập nhật|gửi|báo cáo|định kỳ)|để)(?!\w)"
    r"|,\s+(?:địa chỉ|email|điện thoại)|[.;()]"
)
LONGEST_NAME = 65  # letters: a longer addressee was cut in the middle of a word


def addressee(text: str) -> str | None:
    """To whom the clause ``text`` has the report sent; several where it lists several; None where it names none."""
    for pattern in (_TO, _REPORT_TO):
        match = pattern.search(text)
        if match:
            return _listed(text[match.end() :])
    return None


def _listed(rest: str) -> str | None:
    """The name, or the names, that ``rest`` begins with."""
    rest = _NAME_END.split(rest, maxsplit=1)[0]
    pieces = re.split(r",\s+", rest)
    kept = [pieces[0]]
    for piece in pieces[1:]:
        # "Sở Văn hóa, Thể thao và Du lịch" goes on; "UBND tỉnh, Bộ ..." is a second name.
        if not piece[:1].isupper():
            break
        kept.append(piece)
    name = ", ".join(kept)
    if len(name) >= LONGEST_NAME and re.search(r" - (?!Xã hội)", name):
        name = re.split(r" - (?!Xã hội)", name)[
            0
        ]  # "Cục ... - Cơ quan thường trực ...": the first name is the addressee's
    return _DEPARTMENT.sub("Sở ", name.strip(" ,.;:")) or None


def intermediary(text: str) -> str | None:
    """Through which unit or system the clause ``text`` has the report sent; None where it names none."""
    bracketed = _VIA_BRACKETS.search(text)
    if bracketed:
        return re.split(r"\s+(?:để|trước ngày|theo quy định)\b", bracketed.group(1))[0].strip(" ,.;:") or None
    for pattern in (_VIA_UNIT, _VIA_SYSTEM):
        match = pattern.search(text)
        if match:
            rest = re.split(
                r"\s+(?:cho|và (?=báo cáo|gửi|cập nhật))\b|\s+về\s(?=[A-ZĐ])",
                _NAME_END.split(text[match.end() :], maxsplit=1)[0],
            )[0]
            pieces = re.split(r",\s+", rest)
            kept = [pieces[0]]
            for piece in pieces[1:]:
                if _ANOTHER.match(piece):
                    break
                kept.append(piece)
            return _DEPARTMENT.sub("Sở ", ", ".join(kept).strip(" ,.;:")) or None
    return None


_ANOTHER = re.compile(r"[A-ZĐÀ-Ỹ]|gửi|báo cáo|các |tổng hợp|đồng thời|bảo đảm|phục vụ")


def reporters(text: str, block: Block) -> str | None:
    """Who reports: the unit that the sentence names before it says so, else the one under whose heading it stands."""
    text = re.sub(r"^[\s\d.\-+)]+", "", text)
    text = re.sub(r"^[a-zđ]\)\s*", "", text, flags=re.IGNORECASE)
    text = _ASKED.sub("", text[:1].upper() + text[1:])
    report = _REPORTS.search(text)
    head = _named(text)
    if head:
        return head
    for start in re.finditer(r"(?:,|[.:;]|\))\s+", text[: report.start() if report else 0]):
        found = _named(_ASKED.sub("", text[start.end() :]))
        if found:
            return found
    for heading in reversed(block.path):
        title = _ASKED.sub("", re.split(r"[:;]", heading.title)[0].strip())
        if _is_unit(title):
            return DEED.split(title, maxsplit=1)[0].strip(" ,")
    return None


def _named(text: str) -> str | None:
    """The unit that ``text`` begins with."""
    text = _ROLE.sub(lambda role: role.group().replace(" ", "\u00a0"), text[:1].upper() + text[1:])
    head = DEED.split(text, maxsplit=1)[0]
    head = _DOES.split(head, maxsplit=1)[0].strip(" ,;:").replace("\u00a0", " ")
    head = _DEPARTMENT.sub("Sở ", head)
    return head if _is_unit(head) and len(head) < 160 else None


def _is_unit(words: str) -> bool:
    bare = plain(words)
    return UNIT_START.match(bare + " ") is not None and not _NO_UNIT.match(bare) and len(words) > 4


# Words of a unit's name that are elsewhere what a unit does: "các đơn vị chủ trì báo cáo ...".
_ROLE = re.compile(
    r"(?<= )(?:(?:được giao )?chủ trì(?= (?:báo cáo|gửi|cập nhật|chỉ tiêu))(?: chỉ tiêu)?"
    r"|tham mưu(?:,)? giúp việc)"
)
# "Sẽ Khoa học và Công nghệ": a scan's "Sở".
_DEPARTMENT = re.compile(r"^S[^\W\d]{1,2} (?=[A-ZĐ])")
# What stands before the unit: the word that asks it.
_ASKED = re.compile(r"^(?:giao|đề nghị|yêu cầu|trách nhiệm của)\s+", re.IGNORECASE)
_NO_UNIT = re.compile(
    r"to chuc\b(?! chinh tri| doan| xa hoi)|bao cao|ban hanh|bao dam|quan triet|ho tro|che do|cac (?:noi dung"
    r"|nhiem vu|chi tieu|muc tieu|giai phap|bien phap|chuong trinh)"
)
_REPORTS = re.compile(r"báo cáo(?! (?:tháng|quý|năm|6|9|sơ kết|tổng kết|kết quả)\b.{0,12}:)|gửi", re.IGNORECASE)
# What ends a unit's name in such a sentence, besides the deeds that end it everywhere.
_DOES = re.compile(
    r",?\s+(?:hằng|hàng|trước ngày|tổng kết|sơ kết|có trách|lập danh|cập nhật|nghiêm túc|phản ánh|rà soát"
    r"|vào ngày|vào thứ|chậm nhất"
    r"|muộn nhất|mỗi (?:tháng|quý|năm)|thường xuyên|phân công|vận động|chủ động|kịp thời|gửi|định kỳ|họp"
    r"|đánh giá|thống kê|thu thập"
    r"|6 tháng|theo|báo cáo(?! viên))\b|:|\.\s|\s\(",
    re.IGNORECASE,
)
