"""Units named inside a sentence ("phối hợp với các phòng, đơn vị liên quan tham mưu ..."): where the names end."""

from __future__ import annotations

import re

from knowledge.plain import plain
from knowledge.units import UNIT_START, UnitLexicon

LONGEST_UNIT = (
    24  # words: "Ủy ban nhân dân các tỉnh, thành phố ..., cơ quan, tổ chức khác" has 22; longer is a sentence
)

# What a unit does: the words behind its name. "tổ chức" is no deed inside "các cơ quan, tổ chức, đơn vị", nor is "phát
# triển" in "Ban Chỉ đạo về phát triển ...", nor "trình" in "chương trình".
_VERB_WORDS = (
    "chủ trì|có trách nhiệm|tham mưu|theo dõi|xây dựng|căn cứ|phối hợp|(?<!và )thực hiện|định kỳ|chịu trách nhiệm",
    "triển khai|bố trí|tăng cường|hướng dẫn|là cơ quan|làm đầu mối|đẩy mạnh|kiện toàn|tiến hành|tổng hợp|giúp|rà soát",
    "bảo đảm|đảm bảo|nghiên cứu|tiếp nhận|đôn đốc|kiểm tra|báo cáo|hoàn thành|phát triển|tập huấn|hỗ trợ|đề xuất",
    "khai thác|trình|để|trong việc|gửi|lập dự toán|duy trì|cung cấp|thông qua|nhằm|trong quá trình|phân công|lắp đặt",
    "cập nhật|ưu tiên|phản ánh|lập danh sách|vận động|bám sát|chủ động|kịp thời|tích cực|bố trí",
)
DEED = re.compile(
    r"(?:(?<![,;])(?<!\bvà)(?<!\bcác)(?<!\btrưởng)\s+tổ chức"
    r"|[,;]?\s+(?<!\bvề )(?<!đầu tư )(?<!chương )(?<!quy )(?<!lộ )(?<!công )(?<!viện )"
    r"(?:" + "|".join(_VERB_WORDS) + r"))\b"
)


def units_in(phrase: str, lexicon: UnitLexicon) -> tuple[str, ...]:
    """The units that ``phrase`` begins with or lists, each by its one name; words that name none are left out."""
    phrase = phrase.strip(" .;:,")
    if not phrase:
        return ()
    parts = [DEED.split(part, maxsplit=1)[0].strip(" ,.") for part in re.split(r"\s*;\s*", phrase)]
    listed = "; ".join(part[:1].upper() + part[1:] for part in parts if part)
    return tuple(
        name
        for name in lexicon.split(listed)
        if len(name.split()) <= LONGEST_UNIT and UNIT_START.match(plain(name) + " ")
    )


# A sentence's first words that look like a unit's and are a verb's: "Tổ chức tập huấn ...", "Quán triệt ...".
_VERBS = re.compile(r"^(?:to chuc (?!chinh tri|hanh chinh|doan|xa hoi)|quan triet|ban hanh|bao dam|bao cao|ho tro)\b")
CHARGED = re.compile(
    r"\s+(?:chủ trì|có trách nhiệm|chịu trách nhiệm|phối hợp|tham mưu|(?<!và )thực hiện|làm đầu mối|theo dõi"
    r"|định kỳ|tổng hợp|là cơ quan)\b"
)


def subjects(sentence: str, lexicon: UnitLexicon) -> tuple[str, ...]:
    """The units that ``sentence`` charges with something ("Phòng Kinh tế chủ trì ...; Phòng Nội vụ phối hợp ...").

    Only whole names count: words up to the verb that begin as a unit's name begins, and are no verb themselves.
    """
    found: list[str] = []
    for clause in re.split(r"\s*;\s*", sentence.strip()):
        charged = CHARGED.search(clause)
        if charged is None or not clause[:1].isupper() or _VERBS.match(plain(clause) + " "):
            continue
        subject = clause[: charged.start()].strip()
        if UNIT_START.match(plain(subject) + " ") and len(subject.split()) <= LONGEST_UNIT // 2:
            found.extend(units_in(subject, lexicon))
    return tuple(dict.fromkeys(found))


_WITH = re.compile(r"phối hợp(?: chặt chẽ)?\s+(?:(?:với|vai|vơi|cùng)\s+)?(?=(?:các\s+)?\S)", re.IGNORECASE)
_PHRASE_END = re.compile(r"[.;:(]|\s(?:về|tại|theo|vào|trong)\s")


def partners(duty: str, lexicon: UnitLexicon) -> tuple[str, ...]:
    """The units that ``duty`` says to work with ("phối hợp với Sở Nội vụ, các địa phương hướng dẫn ...")."""
    found: list[str] = []
    for match in _WITH.finditer(duty):
        phrase = _PHRASE_END.split(duty[match.end() :], maxsplit=1)[0]
        phrase = DEED.split(" " + phrase, maxsplit=1)[0].strip(" ,")
        if phrase and not _VERBS.match(plain(phrase) + " "):
            found.extend(units_in(phrase, lexicon))
    return tuple(dict.fromkeys(found))
