"""Targets that count things: "cung cấp 981 dịch vụ công trực tuyến", "ít nhất 10 hồ sơ/năm", "11/11 thôn có ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.plain import plain
from knowledge.plan import Kind, Operator, Target
from knowledge.targets import COUNTED, NUMBER, decimal, direction, tidy_name, written

# What only running text counts, besides what tables do.
_FURTHER = (
    "bản", "bon", "buôn", "xóm", "khóm", "làng", "sóc", "tổ dân phố", "khu phố", "khu dân cư", "phường", "đợt", "phiên",
    "lượt người", "lượt", "cảm biến", "thành viên", "giảng viên", "giáo viên", "học sinh", "tuyên truyền viên",
    "cộng tác viên", "tình nguyện viên", "đoàn viên", "hội viên", "kỹ sư", "chuyên gia", "công dân", "bài viết",
    "tin, bài", "tin bài", "pano", "áp phích", "tờ rơi", "màn hình", "bảng", "mã QR", "thửa đất", "ha", "km",
    "hộ kinh doanh", "hộ dân", "hộ nghèo", "cửa hàng", "gian hàng", "tàu cá", "máy tính", "máy quét", "loa", "cụm loa",
    "trạm phát sóng", "trạm BTS", "quy trình", "ứng dụng", "dịch vụ", "sáng kiến", "thanh niên", "phụ nữ", "công chức",
    "viên chức", "đảng viên", "nông dân", "lao động", "hộ cận nghèo", "tiểu thương", "chứng chỉ", "tổ hợp tác",
    "điểm phần trăm", "trang", "kênh", "nhóm", "câu lạc bộ", "chuyên đề", "lớp học", "khóa", "tài liệu", "chương trình",
    "hợp đồng", "tủ", "bộ", "bộ phận", "chiếc", "suất", "thuê bao", "tiết", "cuộc thi", "hội thảo", "ngày làm việc",
    "lần", "thửa", "tuyến đường", "chuyên mục", "phóng sự",
)  # fmt: skip
_NOUNS = tuple((noun.lower(), noun) for noun in (*COUNTED, *_FURTHER))
_FOLDED = tuple((plain(noun), noun) for noun in (*COUNTED, *_FURTHER))
_COUNTED = re.compile(
    rf"(?P<word>tối thiểu|ít nhất|không dưới|trên|đạt|có|cung cấp|xây dựng|thành lập|duy trì|với|hình "
    rf"thành|tổ chức|đối với|[>≥<≤]=?)?\s*"
    rf"(?<![\w/.,-])(?P<number>{NUMBER})(?:\s?/\s?(?P<of>\d{{1,4}}))?\s+"
    rf"(?P<unit>[A-Za-zĐđÀ-ỹ/]+(?:,?\s[a-zđà-ỹ/]+){{0,4}})",
    re.IGNORECASE,
)
_RATE_UNIT = re.compile(r"^(?:Mbit/s|Mb/s|Mbps|Gb/s|Gbps|Gbit/s|ms|giờ|phút|tiếng)\b", re.IGNORECASE)
# Words behind a number that make it an age, a level or a time; some may be limited ("không quá 15 phút").
_AGE = re.compile(r"^(?:tuổi|cấp|lần|năm|tháng|ngày|quý|giờ|tiếng|trụ cột|lớp\b.{0,3}bảo)")
_LIMITED = re.compile(r"^(?:lần(?! so với)|ngày làm việc|giờ|phút|tiếng)\b")
# Words before a number that make it a date, a document's or a part's number, or the reach of something else.
_NO_TARGET = re.compile(r"(?:số|ngày|tháng|năm|điều|khoản|giai đoạn|Nghị định|Quyết định|trong|(?<!cung )cấp|từ)\s*$")
_REACH = re.compile(
    r"\b(?:quý|mục|Nghị quyết|Đề án|Chỉ thị|cấp độ|mức độ|của|tại|theo|thuộc|nhóm|top|thứ|hạng|tốp|mô hình|gồm|cho|đến|"
    r"tới|qua|ở|lớp|về|giữa|đối với|giảm|tăng|hơn|và|bằng)\s*$",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\b(?:tại|cho|đến|tới)\s*$", re.IGNORECASE)
# A sentence that begins so sets what is to be done or to be there.
_SETS = re.compile(
    r"^(?:phấn đấu |bảo đảm |đảm bảo |tiếp tục )*(?:xây dựng|tổ chức|mở|thành lập|lắp|đào tạo|phát triển"
    r"|hình thành|huy động"
    r"|vận động|cấp|kết nối|gắn|phủ|kéo|hỗ trợ|tập huấn|bồi dưỡng|hoàn thành|triển khai|đầu tư|trang bị|mua|đưa"
    r"|tạo|thiết lập"
    r"|biên soạn|phát|đăng|số hóa|chuẩn hóa|nâng|ra mắt|công nhận|hướng dẫn|thu hút|ban hành|bố trí|cung cấp"
    r"|sản xuất|có"
    r"|toàn|mỗi|bình quân|trung bình|số|tổng số)\b",
    re.IGNORECASE,
)
_AIMS = re.compile(r"^(?:(?:(?:phấn đấu|bảo đảm|đảm bảo) )(?:đạt |có )?(?!duy trì|cung cấp)|có (?=\S))", re.IGNORECASE)
# "Bảo đảm cung cấp dịch vụ công ...": the second verb is what is counted.
_MODAL = re.compile(r"^\W*(?:bảo|đảm) (?:đảm|bảo) (?=(?:duy trì|cung cấp|thực hiện)\b)", re.IGNORECASE)
_IS = re.compile(r"(?:(?:phấn đấu |phải )?(?:đạt|là|lên|xuống còn|xuống|còn)|:)\s*$", re.IGNORECASE)
_RANGE = re.compile(r"(?<![\d/.,])(\d{1,4})\s*(?:-|–|đến)\s*$")
_FEW = 2  # words before the number: "xóa 12 điểm lõm sóng" begins with what is to be done
_MOST = 3  # figures: a sentence with more of them tells of something else


@dataclass(frozen=True, slots=True)
class _Count:
    operator: Operator
    value: Decimal
    unit: str
    said: int  # letters before the number that say the direction
    sure: bool
    low: str | None = None


def inside_brackets(text: str, at: int) -> bool:
    """Whether ``at`` stands between brackets of ``text``."""
    return text.count("(", 0, at) > text.count(")", 0, at)


def printed(target: Target) -> str:
    """The number and what it counts, without a direction: "981 dịch vụ công trực tuyến"."""
    return written(Operator.EQUAL, target.value, target.unit) if target.value is not None else target.text


def counts(text: str) -> list[tuple[str, Target, list[str]]]:
    """The counts that one sentence sets as targets: name, target, and what a person must confirm."""
    found: list[tuple[str, Target, list[str]]] = []
    for match in _COUNTED.finditer(text):
        count = _count(text, match)
        if count is None:
            continue
        checks = []
        if not count.sure:
            checks.append(f"Không chắc đơn vị tính của “{match.group('number')} {match.group('unit')}”.")
        if count.low:
            checks.append(
                f"Kế hoạch in một khoảng “{count.low}-{match.group('number')} {count.unit}”; hiểu là tối thiểu "
                f"{count.low}."
            )
        words = written(count.operator, count.value, count.unit)
        if match.group("of"):
            words = words.replace(f" {count.unit}", f"/{match.group('of')} {count.unit}")
        name = _name(text, match, count)
        if found and " với " in text[: match.start()]:
            name = f"{name} (trong {printed(found[0][1])})"
        found.append((name, Target(count.operator, count.value, count.unit, Kind.NUMBER, words), checks))
    return found if len(found) <= _MOST else []


def _count(text: str, match: re.Match[str]) -> _Count | None:
    """What the number of ``match`` counts as a target; None where it sets none."""
    before, words = text[: match.start("number")], match.group("unit")
    if inside_brackets(text, match.start("number")):
        return None
    sign = re.search(r"([<>≥≤]=?)\s*$", before)
    after = text[match.end("number") :]
    operator, said = direction(before, sign.group(1) if sign else None, after)
    if sign:
        said = len(sign.group())
    bare = before.rstrip()[: len(before.rstrip()) - said].rstrip() if said else before.rstrip()
    limited = operator is not Operator.EQUAL
    if _AGE.match(words) and not (limited and _LIMITED.match(words)):
        return None
    ranged = _RANGE.search(before)
    if ranged:
        bare = re.sub(r"\btừ\s*$", "", before[: ranged.start()]).rstrip()
    if _NO_TARGET.search(bare) and not limited and bare.lower() != "cấp":
        return None
    unit, known = _unit(words) or (None, False)
    if unit is None:
        if not (limited or match.group("of")) or not words[:1].islower() or words.startswith(("số", "trở")):
            return None
        unit = words.split()[0].rstrip(",")
    if _RATE_UNIT.match(unit) and not (limited or _IS.search(bare)):
        return None
    if not _set(text, match, bare, unit, limited):
        return None
    per_person = re.search(r"mỗi (người)", before, re.IGNORECASE)
    measure = f"{unit}/{per_person.group(1)}" if per_person and "/" not in unit else unit
    if ranged and decimal(ranged.group(1)) < decimal(match.group("number")):
        spread = len(before.rstrip()) - len(bare)
        return _Count(Operator.AT_LEAST, decimal(ranged.group(1)), measure, spread, known, ranged.group(1))
    return _Count(operator, decimal(match.group("number")), measure, said, known)


def _unit(words: str) -> tuple[str, bool] | None:
    """The unit of measure that ``words`` begin with ("lượt/năm" whole), and whether it is certain.

    A scan's "chuyển mục" is "chuyên mục", since nothing else that is counted has these letters; of one syllable
    ("bạn", "bản") that is not certain.
    """
    noun, sure = _noun(words.lower()), True
    if noun is None:
        noun = _noun(plain(words), folded=True)
        sure = noun is not None and " " in noun
    if noun is None or "/" in noun:
        return (noun, sure) if noun else None
    by = re.match(r"/(?:\d+\s)?[^\W\d]+", words[len(noun) :])
    return noun + by.group() if by else noun, sure


def _noun(words: str, *, folded: bool = False) -> str | None:
    nouns = _FOLDED if folded else _NOUNS
    fitting = [noun for form, noun in nouns if words.startswith(form) and not words[len(form) :][:1].isalpha()]
    return max(fitting, key=len, default=None)


def _set(text: str, match: re.Match[str], bare: str, unit: str, limited: bool) -> bool:
    """Whether the sentence sets the number, rather than mentioning it."""
    if limited or match.group("of") or unit.startswith("dịch vụ công") or match.group("word"):
        return True
    if _PLACED.search(bare):
        return _SETS.match(text) is not None and not _mentions_other(text, match)
    if _REACH.search(bare):
        return False
    return len(bare.split()) <= _FEW or _IS.search(bare) is not None or _SETS.match(text) is not None


def _mentions_other(text: str, match: re.Match[str]) -> bool:
    """Whether a number before this one is the sentence's own ("Mở 14 lớp tại 14 bản")."""
    return re.search(rf"(?<![\w/.,-])(?:{NUMBER})\s", text[: match.start("number")]) is not None


def _name(text: str, match: re.Match[str], count: _Count) -> str:
    """The name without the number; at a second number only its own clause."""
    before = text[: match.start("number")]
    unit, said = count.unit, count.said
    if said:
        before = before.rstrip()[:-said]
    clause = max(before.rfind(" với "), before.rfind("; "))
    second = clause > 0 and re.search(rf"{NUMBER}", before[:clause]) is not None
    if second:
        before = before[clause + (5 if before[clause : clause + 5] == " với " else 2) :]
        before = _REACHED.sub("", before)
        return tidy_name(before if before.strip() else text[match.end("number") :].split(",")[0])
    after = text[match.end("of") if match.group("of") else match.end("number") :].lstrip()
    offered = re.search(r"(?:bảo đảm |đảm bảo )?(?:duy trì )?(?:và )?cung cấp\W*$", before, re.IGNORECASE)
    if offered and not before[: offered.start()].strip():
        ending = re.search(r"(?<!\bso)\s+với\s", after)
        return tidy_name(f"Số {after[: ending.start()] if ending else after} được {offered.group().strip().lower()}")
    noun = unit.split("/")[0]
    if _RATE_UNIT.match(unit) or ("/" in unit and noun in before.lower()) or _IS.search(before):
        after = after[len(unit) :] if after.lower().startswith(unit.lower()) else after
        before = _IS.sub("", before) if before.strip() else before
    elif "/" in unit and after.lower().startswith(unit.lower()):
        after = after[: len(noun)] + after[len(unit) :]
    ending = re.search(r"(?<!\bso)\s+với\s", after)
    if ending and re.search(NUMBER, after[ending.end() :]):
        after = after[: ending.start()]
    return tidy_name(_AIMS.sub("", _MODAL.sub("", f"{before.rstrip(' :')} {after}")))


_REACHED = re.compile(
    r"[\s,:]*(?:(?:phấn đấu |đều |phải )?(?:đạt|là|lên)(?: (?:mức|tối thiểu|khoảng|từ))*)?\s*$", re.IGNORECASE
)
