"""Target expressions: "100%", "> 65%", "Trên 90 %", "tối thiểu 40 Mbit/s", "Hoàn thành"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.plain import plain
from knowledge.plan import Kind, Operator, Target

SIGNS = {
    ">": Operator.MORE,
    "≥": Operator.AT_LEAST,
    ">=": Operator.AT_LEAST,
    "=>": Operator.AT_LEAST,
    "<": Operator.LESS,
    "≤": Operator.AT_MOST,
    "<=": Operator.AT_MOST,
    "=<": Operator.AT_MOST,
}
# Words before a number, on the plain form; OCR of "tối thiểu" and "trên" varies.
_WORDS = (
    (
        re.compile(
            r"(?:\bt\w{1,3} thi\S{0,2}[eu]\w*|\bit nh\S{1,2}t|\bkhong (?:duoi|thap hon|it hon|nho hon)|\btro "
            r"len)\s*(?:la|dat|o muc|khoang)?\s*$"
        ),
        Operator.AT_LEAST,
    ),
    (re.compile(r"(?:\btr[eé]n|\bhon|\bvuot|\bcao hon)\s*$"), Operator.MORE),
    (re.compile(r"(?:\bt\w{1,3} da|\bkhong (?:qua|vuot(?: qua)?|cao hon|lon hon))\s*$"), Operator.AT_MOST),
    (re.compile(r"(?:\bduoi|\bthap hon)\s*$"), Operator.LESS),
)
NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
PERCENT = re.compile(rf"(?P<sign>[<>≥≤]=?|=[<>])?\s*(?P<number>{NUMBER})\s*%")
# What targets count, longest first where one begins like another.
COUNTED = (
    "dịch vụ công trực tuyến toàn trình",
    "dịch vụ công trực tuyến",
    "dịch vụ công",
    "kết nối",
    "hồ sơ/năm/xã",
    "hồ sơ/năm",
    "hồ sơ",
    "thủ tục hành chính",
    "nhóm thủ tục hành chính",
    "mô hình",
    "lớp",
    "tổ",
    "thôn",
    "ấp",
    "xã",
    "doanh nghiệp",
    "hợp tác xã",
    "điểm",
    "trạm",
    "hệ thống",
    "cơ sở dữ liệu",
    "người",
    "học viên",
    "sản phẩm",
    "chuyên trang",
    "buổi",
    "hội nghị",
    "cuộc",
    "tin",
    "bài",
    "lượt",
    "camera",
    "trường",
    "hộ",
    "hộ gia đình",
    "triệu đồng",
    "tỷ đồng",
    "Mbit/s",
    "Mb/s",
    "Mbps",
    "Gb/s",
    "nền tảng",
    "tuyến",
    "khu",
    "sàn",
    "trung tâm",
    "đơn vị",
    "cơ quan",
    "cán bộ",
    "văn bản",
    "bộ dữ liệu",
    "thiết bị",
    "chữ ký số",
    "tài khoản",
    "dự án",
    "công trình",
    "chợ",
    "tổ chức",
    "cơ sở",
    "phút",
    "giờ",
    "ngày",
    "lượt người",
    "máy",
    "phòng",
    "video",
    "chuyên mục",
    "sáng kiến",
    "đề tài",
    "ki-ốt",
    "đại lý",
)
_OR_MORE = re.compile(r"^\W{0,2}(?:tro len|dan so tro len)")


@dataclass(frozen=True, slots=True)
class Expression:
    """A number in a text with its direction; ``start`` to ``end`` covers sign or word, number and percent sign."""

    start: int
    end: int
    operator: Operator
    value: Decimal
    percent: bool
    printed: str


def decimal(number: str) -> Decimal:
    """ "18,7" and "18.7" are 18.7, "1.707" is 1707: a group of exactly three digits is thousands, unless 0 leads it."""
    if re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", number):
        return Decimal(re.sub(r"[.,]", "", number))
    return Decimal(number.replace(",", "."))


def direction(before: str, sign: str | None, after: str = "") -> tuple[Operator, int]:
    """The direction that a sign, or the words at the end of ``before``, give; and how many letters of ``before`` say
    so."""
    if sign:
        return SIGNS[sign], 0
    bare = plain(before)
    for pattern, operator in _WORDS:
        match = pattern.search(bare)
        if match:
            words = len(bare[match.start() :].split())
            kept = " ".join(before.split()[:-words])
            return operator, len(before.rstrip()) - len(kept.rstrip())
    if _OR_MORE.match(plain(after)):
        return Operator.AT_LEAST, 0
    return Operator.EQUAL, 0


def percentages(text: str) -> list[Expression]:
    """All percentages of ``text`` with their direction."""
    found = []
    for match in PERCENT.finditer(text):
        before = text[: match.start()]
        operator, said = direction(before, match.group("sign"), text[match.end() : match.end() + 12])
        start = match.start() if not said else max(0, len(before.rstrip()) - said)
        found.append(
            Expression(start, match.end(), operator, decimal(match.group("number")), True, match.group().strip())
        )
    return found


def percent_target(operator: Operator, value: Decimal) -> Target:
    """A rate as a target."""
    return Target(operator, value, "%", Kind.PERCENT, written(operator, value, "%"))


def written(operator: Operator, value: Decimal, unit: str | None) -> str:
    """The target as a person writes it: "> 65%", "tối thiểu 40 Mbit/s", "60%"."""
    words = {
        Operator.EQUAL: "",
        Operator.MORE: "trên ",
        Operator.AT_LEAST: "tối thiểu ",
        Operator.LESS: "dưới ",
        Operator.AT_MOST: "tối đa ",
    }
    number = format(value.normalize(), "f").replace(".", ",")
    tail = "" if not unit else unit if unit.startswith("%") else f" {unit}"
    return f"{words[operator]}{number}{tail}"


def milestone(text: str, unit: str | None = None) -> Target:
    """Something to be done or to exist, without a number."""
    text = " ".join(text.split()).strip(" .;,")
    return Target(None, None, unit, Kind.MILESTONE, text[:1].upper() + text[1:] if text else "Hoàn thành")


def counted_noun(words: str) -> str | None:
    """The unit of measure that ``words`` begin with ("dịch vụ công trực tuyến toàn trình ..."), None where it is no
    known one."""
    lowered = words.lower()
    fitting = [noun for noun in COUNTED if lowered.startswith(noun.lower()) and not lowered[len(noun) :][:1].isalpha()]
    return max(fitting, key=len, default=None)


def tidy_name(name: str) -> str:
    """A name without loose punctuation, its first letter upper case."""
    name = re.sub(r"\s+([,.;:)])", r"\1", " ".join(name.split()))
    name = re.sub(r"\(\s*\)", "", name).strip(" .;,:-–—+")
    name = re.sub(r"\s*,?\s*trong đó$", "", name)
    return name[:1].upper() + name[1:]


def whole_noun(words: str) -> str:
    """``words`` with a unit of measure mended that a narrow cell broke amid a word ("camer a"); else as they are."""
    return _SQUEEZED.get(words.lower().replace(" ", ""), words) if counted_noun(words) is None else words


_SQUEEZED = {noun.lower().replace(" ", ""): noun for noun in COUNTED}
