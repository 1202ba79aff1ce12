"""Damaged words mended: the one place where understanding calls the repair of damaged Vietnamese.

Before the repair, a few readings are set right that only this kind of document makes certain: "Ty 18" at the head of an
indicator is "Tỷ lệ", though "18" by itself is a number and the repair rightly leaves numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.repair import understood_lines

_SPACES = re.compile(r"\s+")
# The readings are looked for in all lines at once, so none of them may take in the end of a line.
_SPACE = r"[^\S\n]?"
# "Tỷ lệ" as scans print it: "Ty 1€", "ty 18", "Ti 1&", "Tilé", "Til¢". Behind a figure "tỷ" is a billion: left alone.
_RATE = re.compile(rf"(?<![\w])(?<!\d\s)([Tt])([yYỷýiỉí!]){_SPACE}([1lI][€&¢86éèêệe°][^\w\n]?|[1I](?=\s[^\W\d]))(?!\w)")
# The same with the next word glued to it: "Ty 1ého".
_GLUED_RATE = re.compile(rf"(?<![\w])(?<!\d\s)([Tt])([yYỷýiỉí]){_SPACE}1[€&¢éèêệe](?=[a-zđ]{{2}})")
# A question mark inside a sentence: a tone that the scan knows no letter for ("lưu tri? da", "Can ct? Ké").
_ASKING = re.compile(r"\?(?<=[^\W\d_]\?)(?=\s+[^\W\d_])")
# Where an upright rule is glued to the word beside it ("va__|", "__|hội").
_GLUED_RULE = re.compile(r"(?<=[^\W_])(?=_+\|?(?:\s|$))|(?<=_\|)(?=\w)|(?<=[^\s\w]\|)(?=[A-ZĐ])")
# Words that the scan's usual misreading turns into other words or figures.
_READINGS = (
    (re.compile(rf"(?<!\w)s[6ốbd0o]{_SPACE}hd?[óo]a\b"), "số hóa"),
    (re.compile(rf"(?<![\w.])T{_SPACE}ch[^\W\d_]{{1,3}}c(?=\s)"), "Tổ chức"),  # the "ổ" is lost: "T chirc"
    (re.compile(r"(?<!\w)[tiGU(¢wlr]{0,3}[mn]?g(?= d[uụ]ng\b)"), "ứng"),
    (re.compile(r"\btr[uư]\w{0,2}ong(?= th[aà]nh\b)"), "trưởng"),
    (re.compile(r"\bphu(?:t|rt|dt|tr|d)[oơ]?[nm]g\b"), "phường"),  # what "ườ" leaves
    (re.compile(r"\bH[Ee€¢&](?= th[oóôố]\w?ng\b)"), "Hệ"),
    (re.compile(r"(?<!\w)[BPDĐ]ai(?= truy\S{1,3}n th)"), "Đài"),
    (re.compile(r"\bAl\b(?=[\s,;.)]|$)", re.MULTILINE), "AI"),
    (re.compile(r"\bV[nN][e€]?[lI]D\b|\bVN[e€][lI]D\b"), "VNeID"),
    (re.compile(r"\b[lI]o?T\b|\bloT\b|\bToT\b"), "IoT"),
    # Words that lead to a figure: "truéc ngay 30/6", "Tw 60%", "Khong dui 95%", "60% tré lén".
    (re.compile(r"(?<!\w)([Tt])r[^\W\d]{0,3}[6é]?[^\W\d]?c(?=\s+(?:ng\w{1,2}y\s+\d|\d{1,2}/\d))"), r"\1rước"),
    (re.compile(r"(?<!\w)([Tt])[a-z]{1,2}(?=\s+\d{1,3}(?:[.,]\d+)?\s?%)"), r"\1ừ"),
    (re.compile(r"(?<!\w)([Kk])h[oô6]ng d[^\W\d]{2,4}(?=\s+\d)"), r"\1hông dưới"),
    (re.compile(r"(?<!\w)[\[IlíÍ1|!]t nh[^\W\d]{1,2}t(?=\s+\d)"), "Ít nhất"),
    (re.compile(r"(?<=% )tr[^\W\d]{1,2} [l1I|]?[^\W\d]{1,2}n\b"), "trở lên"),
    # A data centre has one of four tiers: further digits are the mark of a footnote.
    (re.compile(rf"\b[Tt][il1]er{_SPACE}([1-4]|I{{1,3}}|IV)\d{{0,2}}\b"), r"Tier \1"),
)


def _prepared(lines: Sequence[str]) -> list[str]:
    """``lines`` with those readings set right; the number of words of a line may grow ("Tilé")."""
    whole = "\n".join(lines)
    whole = _RATE.sub(lambda found: f"{found[1]}{'ỷ' if found[2] in 'yYỷý' else 'ỉ'} lệ", whole)
    whole = _GLUED_RATE.sub(lambda found: f"{found[1]}{'ỷ' if found[2] in 'yYỷý' else 'ỉ'} lệ ", whole)
    whole = _ASKING.sub("", whole)
    whole = _GLUED_RULE.sub(" ", whole)
    for pattern, right in _READINGS:
        whole = pattern.sub(right, whole)
    return whole.split("\n") if lines else []


# Letters that no wrong-model scan prints: a word that holds one was set right above, and stands.
_CERTAIN = re.compile(
    r"[ệỷỉểốạđộổứ]|^(?:AI|VNeID|IoT|hóa|Đài|trưởng|phường|Tier|[Tt]rước|[Tt]ừ|dưới|trở|lên|Ít|nhất)\W*$|^[GMKT]b(?:it)?/s\W*$"
)
# What "số" is misread as, and the words that it makes digital.
_NUMBER = re.compile(r" s[ởửổơẻbd]?(?![\w.])")
_MADE_DIGITAL = re.compile(
    r"\b(?:chính quyền|kinh tế|xã hội|hạ tầng|dữ liệu|nhân lực|kỹ năng|nền tảng|công dân|thể chế|chữ ký|chuyển đổi)$",
    re.IGNORECASE,
)
# Readings that the words around make certain, on the mended text; before each what it cannot be without: only around
# that is it looked for.
_LONGEST_PHRASE = 40  # letters, what must stand before and behind included
_PHRASES = (
    ("đất", re.compile(r"\bđất(?=\s(?:chuẩn|trên|tối|từ|tỷ|ít|\d|[<>≥]))"), "đạt"),
    ("ỷ trong", re.compile(r"\b([Tt])ỷ trong\b"), r"\1ỷ trọng"),
    ("phí ", re.compile(r"\bphí (địa giới|tiếp xúc)"), r"phi \1"),
    (" mặt", re.compile(r"\b(văn bản|nội dung|mạng|hồ sơ) mặt\b"), r"\1 mật"),
    (" thành", re.compile(r"\b(trưởng|trường) thành\b"), "trưởng thành"),
    ("Giáo dục và ", re.compile(r"\bGiáo dục và (?:[Bb]\w{2} (?:tạo|cáo)|đào tạo)\b"), "Giáo dục và Đào tạo"),
    ("theo đối", re.compile(r"\btheo đối\b"), "theo dõi"),
    ("hô tục", re.compile(r"\b([Tt])hô tục\b"), r"\1hủ tục"),
    ("chủ phải ", re.compile(r"\bchủ phải (?=nhập|cung cấp|khai)"), "chỉ phải "),
    (" báo cáo", re.compile(r"\b(?:chỗ ở|chế \w{2}) báo cáo\b"), "chế độ báo cáo"),
    (" quan ", re.compile(r"\b(?:em|cơ) quan [Bb]ằng\b"), "cơ quan Đảng"),
    ("điện t", re.compile(r"\bđiện tổ\b|(?<!sóng )(?<!trường )\bđiện từ\b"), "điện tử"),
    ("ma độc", re.compile(r"\bma độc\b"), "mã độc"),
    ("hải long", re.compile(r"\bhải long\b"), "hài lòng"),
    ("hoàn toán", re.compile(r"\bhoàn toán\b"), "hoàn toàn"),
    ("àm ch", re.compile(r"\b([Ll])àm ch(?:ỉ|il) (?=kỹ năng|công nghệ)"), r"\1àm chủ "),
    (" tính", re.compile(r"\b(UBND|[Nn]hân dân|địa bàn|cấp) tính\b"), r"\1 tỉnh"),
    ("công nghệ mại", re.compile(r"\bcông nghệ mại\b"), "công nghệ mới"),
    ("yêu câu", re.compile(r"\byêu câu\b"), "yêu cầu"),
    ("thuế hiện", re.compile(r"\bthuế hiện\b"), "thực hiện"),
    ("đánh giá rẻ", re.compile(r"\bđánh giá rẻ\b"), "đánh giá rõ"),
    (" tin công", re.compile(r"\b(chống|bị) tin công\b"), r"\1 tấn công"),
    (" lập", re.compile(r"\b(?:trúng|trung|trùng) lập\b(?=[,;.]| (?:trong|về|dữ|gây))"), "trùng lặp"),
    ("giám giấy tờ", re.compile(r"\bgiám giấy tờ\b"), "giảm giấy tờ"),
    ("tương lửa", re.compile(r"\btương lửa\b"), "tường lửa"),
    ("xử Lý", re.compile(r"\bxử Lý\b"), "xử lý"),
    ("ấm bảo", re.compile(r"\b([Bb])ấm bảo\b"), "Đảm bảo"),
    ("điện tổ VNeID", re.compile(r"\bđiện tổ(?= VNeID)"), "điện tử"),
    ("ấm ", re.compile(r"\b[Bb]ấm \W{1,3}áo\b"), "Đảm bảo"),
    ("điện bảo", re.compile(r"\bđiện bảo\b"), "đảm bảo"),
    (" cộng đồng", re.compile(r"\b([Cc]ông nghệ) \S{1,2} (?=cộng đồng)"), r"\1 số "),
    ("ể điều kiện", re.compile(r"\b([Đđ])ể (?=điều kiện\b)"), r"\1ủ "),
    ("sự C", re.compile(r"\bsự C[QO0]\b"), "sự cố"),
    ("phục hồi nhánh", re.compile(r"\bphục hồi nhánh\b"), "phục hồi nhanh"),
    ("hòng hợp ", re.compile(r"\b([Pp])hòng hợp(?= (?:không|trực))"), r"\1hòng họp"),
    (" hẹn", re.compile(r"\btr[aảá] (?:đúng|dụng|dùng|đứng) hẹn\b"), "trả đúng hẹn"),
    (" liệu", re.compile(r"\b([Bb])[ổôố] (?:di|dữ) liệu\b"), r"\1ộ dữ liệu"),
    ("đa ", re.compile(r"\bđa (?=số hóa|được|có\b)"), "đã "),
    ("điện tr", re.compile(r"\bđiện tr(?![\w])"), "điện tử"),
    (
        "“",
        re.compile(r"“\s?(?:đúng|dụng|dùng|đứng)\s?-\s?(?:đủ|dự|du|đù)\s?-\s?(?:sạch|sách)\s?-\s?"),
        "“đúng - đủ - sạch - ",
    ),
)


@dataclass(frozen=True, slots=True)
class MendedWord:
    """A word as printed (after those readings), and as understood."""

    raw: str
    text: str


@lru_cache(maxsize=65536)
def _certain(word: str) -> bool:
    return _CERTAIN.search(word) is not None


def _text(words: Sequence[MendedWord]) -> str:
    return _phrased(" ".join([word.text for word in words]))  # once more: phrases may change the number of words


def mend(text: str, *, damaged: bool) -> str:
    """``text`` as understood; unchanged where the document is not damaged. White space is tidied either way."""
    text = _SPACES.sub(" ", text).strip()
    if not damaged or not text:
        return text
    return _text(mend_lines([text])[0])


def mend_each(texts: Sequence[str], *, damaged: bool) -> list[str]:
    """``mend`` of every text, several times as fast as one by one; the texts are no context for each other."""
    tidy = [_SPACES.sub(" ", text).strip() for text in texts]
    if not damaged:
        return tidy
    lines = [line for text in tidy for line in (text, ".")]
    return [_text(words) for words in mend_lines(lines)[::2]]


def _phrased(mended: str) -> str:
    """``mended`` text with the readings that the words around make certain."""
    mended = _NUMBER.sub(_digital, mended)
    for needed, pattern, right in _PHRASES:
        at = mended.find(needed)
        pieces: list[str] = []
        end = 0
        while at >= 0:
            found = pattern.search(mended, max(end, at - _LONGEST_PHRASE), at + _LONGEST_PHRASE)
            if found is not None:
                pieces += (mended[end : found.start()], found.expand(right))
                end = found.end()
            at = mended.find(needed, max(end, at + 1))
        if pieces:
            mended = "".join((*pieces, mended[end:]))
    return mended


def _digital(found: re.Match[str]) -> str:
    before = _MADE_DIGITAL.search(found.string, max(0, found.start() - _LONGEST_PHRASE), found.start())
    return " số" if before else found[0]


def mend_lines(lines: Sequence[str]) -> list[list[MendedWord]]:
    """The words of each line as understood; the lines are context for each other."""
    mended = [
        [(raw, raw if _certain(raw) else understood) for raw, understood in words]
        for words in understood_lines(_prepared(lines))
    ]
    return [
        [MendedWord(raw, text) for (raw, _), text in zip(words, texts, strict=True)]
        for words, texts in zip(mended, _phrased_lines([[text for _, text in words] for words in mended]), strict=True)
    ]


def _phrased_lines(lines: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The words of all lines with the readings of phrases; a line whose words would not stay one for one is left as it
    is."""
    whole = _phrased("\n".join([" ".join(words) for words in lines])).split("\n")
    if len(whole) != len(lines):
        return list(lines)
    split = [line.split(" ") if line else [] for line in whole]
    return [new if len(new) == len(old) else old for new, old in zip(split, lines, strict=True)]
