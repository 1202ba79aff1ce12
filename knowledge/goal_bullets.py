"""Indicators from goals in the running text: "- 100% ...", "- Tỷ lệ ... đạt trên 95%", "... tối thiểu 40 Mbit/s"."""

from __future__ import annotations

import re

from knowledge.manuscript import Manuscript
from knowledge.mending import mend
from knowledge.plain import plain
from knowledge.plan import Indicator, Kind, Operator, Target
from knowledge.sections import Block, BlockKind, Outline, place
from knowledge.targets import NUMBER, Expression, counted_noun, decimal, direction, percent_target, percentages, written
from knowledge.units import UNIT_START, UnitLexicon

_GOALS = re.compile(r"\bm[uy]c ti\w*eu\b|\bchi tieu\b")
_NOT_GOALS = re.compile(r"muc tieu (?:chung|tong quat)|quan diem|muc dich")
_LEADING = re.compile(
    r"^(?:tiếp tục |duy trì |phấn đấu |bảo đảm |đảm bảo |thực hiện |đạt |có |và |nâng cao |tối thiểu "
    r"|trên |từ |cơ bản |hoàn thành |phối hợp,? |tỷ lệ |đến năm \d{4},? ?)+$",
    re.IGNORECASE,
)
# "Bảo đảm cung cấp dịch vụ công ...": the second verb is what is counted.
_MODAL = re.compile(r"^\W*(?:bảo|đảm) (?:đảm|bảo) (?=(?:duy trì|cung cấp|thực hiện)\b)", re.IGNORECASE)
_REACHED = re.compile(
    r"[\s,:]*(?:(?:phấn đấu |ước |đều |phải )?(?:đạt|chiếm|là|lên|tăng lên|giảm xuống)(?: (?:tỷ lệ|"
    r"mức|tối thiểu|khoảng|từ))*)?\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?P<word>(?i:tối thiểu|ít nhất|không dưới|trên|đạt|có|cung cấp|xây dựng|thành lập|duy trì|với|hình "
    rf"thành|tổ chức|đối với|[>≥<≤]=?))?\s*"
    rf"(?<![\w/.,-])(?P<number>{NUMBER})\s+(?P<unit>[A-Za-zĐđÀ-ỹ/]+(?:\s[a-zđà-ỹ/]+){{0,4}})",
)
_RATE_UNIT = re.compile(r"^(?:Mbit/s|Mb/s|Mbps|Gb/s|Gbps|Gbit/s|ms|giờ|phút|tiếng)\b", re.IGNORECASE)
_LED = re.compile(
    r"\s*\(\s*(?:(?:(?:cơ quan|đơn vị)\s+)?(?:chủ trì|phụ trách)(?:\s+thực hiện)?\s*:?\s*([^()]+?)"
    r"|([^():]+?)\s+(?:chủ trì|phụ trách)(?:\s+thực hiện)?)\s*\)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^(\d{1,2})\.\s+(?=\S)")  # "4. 100% xã ...": an item's number is no figure of its target
_UNTIL = re.compile(r"^(?:định hướng )?((?:đến|hết|đến hết) năm 20\d\d)\s*[:.]?$", re.IGNORECASE)
_LASTING = ("phút", "giờ", "ngày")
_AGE = re.compile(r"^(?:tuổi|cấp|lần|năm|tháng|ngày|quý|giờ|tiếng|trụ cột|lớp\b.{0,3}bảo)")


def read_goal_bullets(manuscript: Manuscript, outline: Outline, lexicon: UnitLexicon) -> list[Indicator]:
    """The targets set in sections headed "Mục tiêu" or "Chỉ tiêu" (general aims, purpose and evaluation left out)."""
    found: list[Indicator] = []
    for block in outline.blocks:
        if block.kind not in (BlockKind.BULLET, BlockKind.PARAGRAPH) or outline.closes(block) or not _is_goal(block):
            continue
        found.extend(_read_block(manuscript, block, lexicon))
    return found


def _is_goal(block: Block) -> bool:
    titles = [plain(heading.title) for heading in block.path]
    if not titles or block.path[0].label.startswith("Phụ lục"):
        return False
    named = [index for index, title in enumerate(titles) if _GOALS.search(title[:60])]
    return bool(named) and not any(_NOT_GOALS.search(title) for title in titles[named[0] :])


def _read_block(manuscript: Manuscript, block: Block, lexicon: UnitLexicon) -> list[Indicator]:
    joined = " ".join(line.raw for line in block.lines if line.raw)
    text = mend(joined, damaged=manuscript.damaged)
    numbered = _ITEM.match(text) if block.kind is BlockKind.PARAGRAPH else None
    due = _due(block)
    found: list[Indicator] = []
    for part, offset in _parts(text):
        said, lead = (part, ()) if manuscript.damaged else _led(part, lexicon)
        stated = stated_targets(said)
        for name, target, checks in stated:
            first, last = _lines(block, text, offset, offset + len(part))
            found.append(
                Indicator(
                    name=name,
                    target=target,
                    where=place(block.path),
                    source=manuscript.source(first, last),
                    group=block.path[-1].title,
                    no=numbered.group(1) if numbered and offset == 0 else None,
                    due=due,
                    lead=lead,
                    checks=tuple(checks),
                )
            )
    return found


def _led(text: str, lexicon: UnitLexicon) -> tuple[str, tuple[str, ...]]:
    """``text`` without the brackets that name who leads ("(Trạm Y tế xã chủ trì)"), and whom they name."""
    found = _LED.search(text)
    units = lexicon.split(found.group(1) or found.group(2)) if found else ()
    if found is None or not all(UNIT_START.match(plain(unit) + " ") for unit in units):
        return text, ()
    return f"{text[: found.start()].rstrip()}{text[found.end() :]}", units


def _parts(text: str) -> list[tuple[str, int]]:
    """The bullet cut where one target ends and the next begins: a semicolon before another percentage."""
    cuts = [
        match.end()
        for match in re.finditer(
            r";\s+(?=(?:trên |tối thiểu |[<>≥≤]\s?)?\d+(?:[.,]\d+)?\s?%|(?:T|t)ỷ lệ )"
            r"|(?<=[^\W\d]{2})[.;]\s+(?=[A-ZĐÀ-Ỹ])",
            text,
        )
    ]
    starts = [0, *cuts]
    ends = [*cuts, len(text)]
    return [(text[start:end], start) for start, end in zip(starts, ends, strict=True)]


def _lines(block: Block, text: str, start: int, end: int) -> tuple[int, int]:
    """The lines that hold the share ``start`` to ``end`` of a block's text."""
    if start == 0 and end == len(text):
        return block.first, block.last
    lengths = [len(line.text) + 1 for line in block.lines]
    total = sum(lengths)
    first = last = None
    at = 0
    for line, length in zip(block.lines, lengths, strict=True):
        if at + length > start * total / max(1, len(text)) and first is None:
            first = line.number
        if at < end * total / max(1, len(text)):
            last = line.number
        at += length
    return first or block.first, last or block.last


def _due(block: Block) -> str | None:
    """The time that the nearest heading sets for all goals below it ("2.1. Đến năm 2030"); None without one."""
    for heading in reversed(block.path):
        match = _UNTIL.match(heading.title)
        if match:
            return match.group(1)[:1].upper() + match.group(1)[1:]
    return None


def stated_targets(text: str) -> list[tuple[str, Target, list[str]]]:
    """What one sentence or bullet sets as targets: name, target, and what a person must confirm."""
    text = re.sub(r"^[\s\-–+•*·]+", "", text).strip()
    text = _ITEM.sub("", text)
    rates = percentages(text)
    rates = [rate for rate in rates if not _inside_brackets(text, rate.start)]
    if not rates:
        return _counts(text)
    chosen = _chosen(text, rates)
    clause = text.rfind(" và ", 0, chosen.start)
    counted = _counts(text[:clause]) if clause > 0 else []
    if counted:
        rest = re.split(r"\s\(", text[clause + 4 :], maxsplit=1)[0]
        return counted + stated_targets(rest)
    return [_rate(text, chosen)]


def _inside_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def _chosen(text: str, rates: list[Expression]) -> Expression:
    """The rate that is the target: the one that is reached ("đạt 60%"), else the first."""
    for rate in rates:
        if re.search(r"(?:đạt|chiếm|là)(?: tỷ lệ| mức)?\s*$", text[: rate.start]):
            return rate
    return rates[0]


def _rate(text: str, rate: Expression) -> tuple[str, Target, list[str]]:
    checks: list[str] = []
    value = rate.value
    target = percent_target(rate.operator, value)
    if value > 100 or (value == 100 and rate.operator is Operator.MORE):
        checks.append(f"Kế hoạch in “{text[rate.start : rate.end].strip()}”; một tỷ lệ không thể vượt 100 %.")
    return _name(text, rate), target, checks


def _name(text: str, rate: Expression) -> str:
    before, after = text[: rate.start], text[rate.end :]
    before = _REACHED.sub("", before)
    after = re.sub(
        r"^\s*(?:trở lên|so với)?\s*", lambda found: "" if "trở lên" in found.group() else found.group(), after
    )
    if not before.strip() or _LEADING.match(before.strip() + " "):
        name = after
        if re.match(r"\s*(?:tỷ lệ\s)", before, re.IGNORECASE):
            name = before + " " + after
    else:
        name = f"{before} {after}"
    return tidy_name(name)


def tidy_name(name: str) -> str:
    """A name without loose punctuation, its first letter upper case."""
    name = re.sub(r"\s+([,.;:)])", r"\1", " ".join(name.split()))
    name = re.sub(r"\(\s*\)", "", name).strip(" .;,:-–+")
    name = re.sub(r"\s*,?\s*trong đó$", "", name)
    return name[:1].upper() + name[1:]


def _counts(text: str) -> list[tuple[str, Target, list[str]]]:
    """Targets that count things: "cung cấp 981 dịch vụ công trực tuyến", "ít nhất 10 hồ sơ/năm", "có 01 kết nối"."""
    found: list[tuple[str, Target, list[str]]] = []
    for match in _COUNTED.finditer(text):
        unit = counted_noun(match.group("unit"))
        before = text[: match.start("number")]
        operator, said = direction(before, None)
        lasting = unit in _LASTING and operator in (Operator.AT_MOST, Operator.LESS)  # "không quá 8 giờ"
        aged = _AGE.match(match.group("unit")) and not lasting
        if unit is None or _inside_brackets(text, match.start("number")) or aged:
            continue
        speed = bool(_RATE_UNIT.match(unit))
        if speed and operator is Operator.EQUAL and not re.search(r"(?:đạt|là|:)\s*$", before):
            continue
        counts = match.group("word") or not before.strip() or unit.startswith("dịch vụ công")
        if not counts and operator is Operator.EQUAL:
            continue
        if re.search(
            r"(?:số|ngày|tháng|năm|điều|khoản|giai đoạn|Nghị định|Quyết định|trong|(?<!cung )cấp|từ)\s*$", before
        ):
            continue
        value = decimal(match.group("number"))
        per_person = re.search(r"mỗi (người)", before, re.IGNORECASE)
        measure = f"{unit}/{per_person.group(1)}" if per_person and "/" not in unit else unit
        name = _count_name(text, match, unit, said, speed)
        found.append((name, Target(operator, value, measure, Kind.NUMBER, written(operator, value, measure)), []))
    return found if len(found) <= 3 else []


def _count_name(text: str, match: re.Match[str], unit: str, said: int, speed: bool) -> str:
    """The name without the number; at a second number only its own clause."""
    before = text[: match.start("number")]
    if said:
        before = before.rstrip()[:-said]
    clause = max(before.rfind(" với "), before.rfind("; "))
    second = clause > 0 and re.search(rf"{NUMBER}", before[:clause]) is not None
    if second:
        before = before[clause + (5 if before[clause : clause + 5] == " với " else 2) :]
        return tidy_name(_REACHED.sub("", before))
    after = text[match.end("number") :].lstrip()
    if before.strip() and not after[len(unit) :].strip(" .;"):  # "... đạt 1.500 triệu đồng"
        return tidy_name(_REACHED.sub("", before))
    offered = re.search(r"(?:bảo đảm |đảm bảo )?(?:duy trì )?(?:và )?cung cấp\W*$", before, re.IGNORECASE)
    if offered and not before[: offered.start()].strip():
        ending = re.search(r"\s+với\s", after)
        return tidy_name(f"Số {after[: ending.start()] if ending else after} được {offered.group().strip().lower()}")
    if speed or "/" in unit:
        after = after[len(unit) :]
    ending = re.search(r"\s+với\s", after)
    if ending and re.search(NUMBER, after[ending.end() :]):
        after = after[: ending.start()]
    return tidy_name(_MODAL.sub("", f"{before.rstrip(' :')} {after}"))
