"""What a sentence of the goals sets as targets: "100% ...", "Tỷ lệ ... đạt trên 95%", "... và 30% chi phí"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.counts import counts, inside_brackets, printed
from knowledge.plan import Operator, Target
from knowledge.targets import NUMBER, Expression, decimal, percent_target, percentages, tidy_name

# What a target's name does not begin with.
_LEADING = re.compile(
    r"^(?:tiếp tục |duy trì |phấn đấu |bảo đảm |đảm bảo |thực hiện |đạt |có |và |nâng cao |tối thiểu "
    r"|trên |từ |cơ bản |hoàn thành |phối hợp,? |tỷ lệ |đến năm \d{4},? ?)+$",
    re.IGNORECASE,
)
REACHED = re.compile(
    r"[\s,:]*(?:(?:phấn đấu |ước |đều |phải )?(?:đạt|chiếm|là|lên|tăng lên|giảm xuống)(?: (?:tỷ lệ|"
    r"mức|tối thiểu|khoảng|từ))*)?\s*$",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^(?:\(?\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[a-zđ]\)|(?:Mục"
    r"|Chỉ) tiêu (?:số )?\d{1,2}\s?[:.])\s+(?=\S)"
)
_OPERATOR = r"(?:(?:tối thiểu|ít nhất|không dưới|trên|dưới|không quá|tối đa|đạt|từ|có|phấn đấu|[<>≥≤]=?)\s*){0,3}"
# Where one target may end and the next begin; whether it does is told by the figures on both sides.
_CUTS = re.compile(
    r"(?P<semicolon>;)\s+|(?<=[^\W\d]{2})(?P<stop>\.)\s+(?=[A-ZĐÀ-Ỹ])|(?<=[%)])(?P<end>\.)\s+(?=[A-ZĐÀ-Ỹ])"
    r"|,?\s+trong đó,?\s+(?:có\s+)?"
    rf"|,\s+(?!năm |trong đó|tăng|giảm|cao hơn|thấp hơn|xã |phấn đấu|phường |tỉnh )(?=[^,;%\d]{{5,90}}\b(?:đạt"
    rf"|chiếm)\s+{_OPERATOR}(?:{NUMBER})\s?%)"
    rf"|,\s+(?!tăng|cao hơn|thấp hơn)(?=(?:[a-zđà-ỹ]+\s){{1,4}}(?:tối thiểu|ít nhất|không dưới)\s+(?:{NUMBER})\s?%)"
    rf"|,\s+(?!tăng|giảm|cao hơn|thấp hơn|năm |chiếm|tương|bằng|so với|trong đó|xã |phường |tỉnh |phấn đấu|còn )"
    rf"(?=(?:[a-zđà-ỹ]+\s){{1,3}}(?:{NUMBER})\s?%)"
    rf"|,\s+(?=đạt\s+{_OPERATOR}(?:{NUMBER})\s+[a-zđà-ỹ])"
    rf"|(?P<more>,|\svà)\s+(?={_OPERATOR}(?:{NUMBER})(?:\s?%|/\d+\s|\s[a-zđà-ỹ]))|,\s+(?=mỗi\s)",
    re.IGNORECASE,
)
_RATE_FIRST = re.compile(rf"^{_OPERATOR}(?:{NUMBER})\s?%", re.IGNORECASE)
# "Doanh thu tăng 18% so với năm 2025, đạt trên 1.500 tỷ đồng": one subject, two figures.
_REACHES = re.compile(r"^đạt\s", re.IGNORECASE)
_GROWS = re.compile(r"\s+(?:tăng|giảm)(?: (?:thêm|trên|ít nhất|tối thiểu))?$", re.IGNORECASE)
_RATE_ALONE = re.compile(rf"^(?:{NUMBER})\s?%")
# "Giảm ít nhất 30% thời gian và 30% chi phí": what goes for both rates.
_LESS = re.compile(
    r"^[\s\-–—+•*·]*((?:giảm|cắt giảm|tiết kiệm|rút ngắn|tăng)(?:\s(?:ít nhất|tối thiểu|trên))?)\s\d", re.IGNORECASE
)
# "... tại trung tâm xã và 06 ấp": the second figure is where, not how many.
_PLACED = re.compile(r"\d[^,;]*\s(?:tại|ở|trên|đến|tới)\s[^,;]*$", re.IGNORECASE)
_LIMIT = re.compile(r"^(?:tối thiểu|ít nhất|không dưới|không quá|tối đa|[<>≥≤])|^\d+/", re.IGNORECASE)
# "... 100% ở cấp tiểu học và trên 70% ở cấp trung học cơ sở", "đến 100% khu công nghiệp, 70% ấp": one subject.
_SHARED = re.compile(rf"^{_OPERATOR}(?:{NUMBER})\s?%\s+(?:ở|tại|đối với|với|cho)\s", re.IGNORECASE)
_LEFT_OPEN = re.compile(r"(?:\s(?:đến|tại|cho|tới|ở|của)|:)$", re.IGNORECASE)
_SUBJECT = re.compile(rf"^(?P<subject>[^%]*?)\s*{_OPERATOR}(?:{NUMBER})\s?%", re.IGNORECASE)
_CARRIED = re.compile(rf"^{_OPERATOR}(?:{NUMBER})\s+[^\W\d]", re.IGNORECASE)
# "... các chỉ tiêu sau: 100% ...": what only leads on to the list.
_LEADS_ON = re.compile(r"^[^:%]{0,160}(?:sau|chỉ tiêu|mục tiêu|cụ thể)(?: đây)?\s*:\s+(?=\S)", re.IGNORECASE)
# "Về hạ tầng số: Tỷ lệ ...": the heading of a list inside a sentence.
_ABOUT = re.compile(
    r"^(?:Về [^:%\d]{3,60}|(?!Tỷ lệ|Số |Mức|Tốc độ|Thời gian|Doanh thu|Tổng|Chỉ số)[A-ZĐÀ-Ỹ][^:%\d]{3,50}):\s+(?=\S)"
)
_FIGURE_FIRST = re.compile(rf"^{_OPERATOR}(?:năm 20\d\d\s|{NUMBER})", re.IGNORECASE)
# A rate that is told, not set: last year's, the superior's, the difference to either.
_TOLD = re.compile(
    r"(?:năm 20\d\d(?: (?:là|đạt|ước đạt|mới đạt|chỉ đạt))?\s?:?|\bgiao|(?:cao|thấp|nhiều) hơn|\b(?:tăng"
    r"|giảm)(?: thêm)?|so với)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"\s*\btừ\s+(?:mức\s+)?(?:{NUMBER})\s*%(?:\s+\(?năm 20\d\d\)?)?\s+(?=(?:tăng\s+)?(?:lên|xuống|còn)\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:\btừ\s+)?(?<![\d.,/])(?P<low>{NUMBER})\s*%?\s*(?:-|–|đến)\s*(?P<high>{NUMBER})\s*%", re.IGNORECASE
)
# "... đạt 12 tỷ đồng, tăng 25% so với năm 2025"
_MORE_THAN_BEFORE = re.compile(r",\s*(?:tương ứng\s+)?(?:tăng|giảm|cao hơn|thấp hơn|gấp)\b", re.IGNORECASE)
# "9/12 xã đạt 100% ..."
_SO_MANY_OF = re.compile(rf"^{_OPERATOR}\d{{1,4}}/\d{{1,4}}\s", re.IGNORECASE)
# "02 mô hình chợ với 100% tiểu thương ...": the rate is the second target.
_WITH_RATE = re.compile(rf"\svới\s(?={_OPERATOR}(?:{NUMBER})\s?%)", re.IGNORECASE)
# "Vượt 10% chỉ tiêu tỉnh giao": ten of a hundred of another figure.
_EXCESS = re.compile(r"\bvượt\s*", re.IGNORECASE)
_OVER = re.compile(r"\s+(?:chỉ tiêu|kế hoạch|dự toán|mức)\b", re.IGNORECASE)
_BORNE_BY = re.compile(r"^(?:tỉnh|thành phố|trung ương|cấp trên|huyện) giao\s*", re.IGNORECASE)

Stated = tuple[str, Target, list[str]]


def parts(text: str) -> list[tuple[str, int]]:
    """``text`` cut where one target ends and the next begins, each part with its offset."""
    begin = 0
    for pattern in (_LEADS_ON, _ABOUT):
        leads = pattern.match(text)
        if (
            leads
            and (pattern is _LEADS_ON or _heads_list(leads.group(), text[leads.end() :]))
            and not stated_targets(leads.group())
        ):
            begin = leads.end()
            break
    found: list[tuple[int, int]] = []
    start = begin
    for cut, end in _borders(text, begin):
        piece = text[start:end]
        if found and cut is not None and not _begins(cut, text[slice(*found[-1])], piece):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        start = end
    return [(text[start:end], start) for start, end in found]


def _heads_list(label: str, rest: str) -> bool:
    """Whether ``label`` ("Chính quyền số:") heads several targets, or a sentence, rather than being measured."""
    if label.startswith("Về "):
        return True
    first, _, others = rest.partition("; ")
    if others:
        return ":" not in others and bool(stated_targets(first))
    return not _FIGURE_FIRST.match(rest) and rest[:1].islower()


def _borders(text: str, begin: int) -> Iterator[tuple[re.Match[str] | None, int]]:
    """The cut before each piece (None before the first), and the piece's end."""
    before: re.Match[str] | None = None
    for cut in _CUTS.finditer(text, begin):
        if inside_brackets(text, cut.start()):
            continue
        yield before, cut.end()
        before = cut
    yield before, len(text)


def _hard(cut: re.Match[str]) -> bool:
    return any(cut.group(name) for name in ("semicolon", "stop", "end"))


def _begins(cut: re.Match[str], before: str, piece: str) -> bool:
    """Whether a target of its own begins at ``cut``, between the part ``before`` it and the ``piece`` behind it."""
    if not _stands(cut, piece):
        return False
    if _hard(cut):
        return True
    # "40 dịch vụ công và 100% ...": the rate is said of what is counted before.
    said_of = cut.group().strip() == "và" and "%" in piece and "%" not in before
    return not said_of and bool(stated_targets(before))


def _stands(cut: re.Match[str], piece: str) -> bool:
    """Whether ``piece`` behind ``cut`` is a target of its own, rather than more words of the one before."""
    if cut.group("stop") or cut.group("end") or (cut.group("semicolon") and piece[:1].isupper()):
        return True
    if cut.group("more") and "%" not in piece and _PLACED.search(cut.string[: cut.start()]) and not _LIMIT.match(piece):
        return False
    return bool(stated_targets(piece))


def targets_of(text: str) -> Iterator[tuple[Stated, int, int]]:
    """Every target of a block of goals, with the share of ``text`` (start, end) that states it."""
    carried = reduced = shared = ""
    for part, offset in parts(text):
        said = re.sub(r"(?:,|\svà|,?\s+trong đó,?(?:\s+có)?)\s*$", "", part)
        listed = not text[:offset].rstrip().endswith((";", "."))
        if carried and listed and _CARRIED.match(said) and "%" not in said:
            said = f"{carried} {said}"
        elif shared and _REACHES.match(said):
            said = f"{_GROWS.sub('', shared)} {said}"
        elif reduced and _RATE_ALONE.match(said) and text[:offset].rstrip().endswith(" và"):
            said = f"{reduced} {said}"
        elif shared and listed and (_SHARED.match(said) or (_LEFT_OPEN.search(shared) and _RATE_FIRST.match(said))):
            said = f"{shared} {said}"
        else:
            carried = _verb(said)
            subject = _SUBJECT.match(said)
            shared = subject.group("subject").strip(" -–—+•*·") if subject else ""
            less = _LESS.match(said)
            reduced = less.group(1) if less else ""
        for one in stated_targets(said):
            if not one[0]:
                continue
            yield one, offset, offset + len(part)


def _verb(part: str) -> str:
    """ "Tổ chức" of "Tổ chức 04 đợt ...", which goes for the figures listed behind it as well."""
    first = re.search(NUMBER, part)
    words = (
        re.sub(rf"\s*{_OPERATOR}$", "", part[: first.start()], flags=re.IGNORECASE).strip(" -–—+•*·") if first else ""
    )
    return words if 0 < len(words.split()) <= 3 and words[:1].isupper() else ""


def stated_targets(text: str) -> list[Stated]:
    """What one sentence or bullet sets as targets: name, target, and what a person must confirm."""
    text = re.sub(r"^[\s\-–—+•*·]+", "", text).strip()
    text = _FROM.sub(" ", _ITEM.sub("", text))
    ranged = _ranged(text)
    if ranged:
        return ranged
    rates = [rate for rate in percentages(text) if not inside_brackets(text, rate.start)]
    if not rates:
        return counts(text)
    more = _MORE_THAN_BEFORE.search(text)
    if more and all(more.start() <= rate.start for rate in rates) and (counted := counts(text[: more.start()])):
        return counted
    if _SO_MANY_OF.match(text) and (counted := counts(text)):
        return counted[:1]  # "9/12 xã đạt 100% ...": how many of them reach it
    chosen = _chosen(text, rates)
    behind = _WITH_RATE.search(text, 0, chosen.end)
    clause = behind.start() if behind else text.rfind(" và ", 0, chosen.start + 1)
    counted = counts(text[:clause]) if clause > 0 else []
    if counted:
        rest = re.split(r"\s\(", text[clause:].split(" ", 2)[2], maxsplit=1)[0]
        # What is said of the things counted before is said of so many of them.
        first = counted[0][1]
        of = f" (đối với {printed(first)})" if first.unit else ""
        return counted + [(name + of, target, checks) for name, target, checks in stated_targets(rest)]
    return [_rate(text, chosen, rates)]


def _ranged(text: str) -> list[Stated]:
    """A target between two rates ("60-70%"): the lower one must be reached, and a person is asked."""
    match = _RANGE.search(text)
    if match is None or inside_brackets(text, match.start()):
        return []
    low, high = decimal(match.group("low")), decimal(match.group("high"))
    if not low < high <= 100:
        return []
    rate = Expression(match.start(), match.end(), Operator.AT_LEAST, low, True, match.group())
    low_text = f"{match.group('low')} %"
    check = f"Kế hoạch in một khoảng “{match.group().strip()}”; hiểu là tối thiểu {low_text}."
    return [(_name(text, rate), percent_target(Operator.AT_LEAST, low), [check])]


def _chosen(text: str, rates: list[Expression]) -> Expression:
    """The rate that is the target: the one that is reached ("đạt 60%"), else the first that is not merely told."""
    rates = [rate for rate in rates if not _TOLD.search(text[: rate.start])] or rates
    for rate in rates:
        if re.search(r"(?:đạt|chiếm|là)(?: tỷ lệ| mức)?\s*$", text[: rate.start]):
            return rate
    return rates[0]


def _rate(text: str, rate: Expression, rates: list[Expression]) -> Stated:
    checks: list[str] = []
    value = rate.value
    target = percent_target(rate.operator, value)
    if value > 100 or (value == 100 and rate.operator is Operator.MORE):
        checks.append(f"Kế hoạch in “{text[rate.start : rate.end].strip()}”; một tỷ lệ không thể vượt 100 %.")
    if _EXCESS.search(text[: rate.start + 5]) and _OVER.match(text[rate.end :]):
        checks.append(
            f"Kế hoạch đặt “{text[rate.start : rate.end].strip()}” so với một mức khác; đề nghị xem lại bản gốc."
        )
    told = rates[0]
    if told is not rate and told.end <= rate.start and _TOLD.search(text[: told.start]):
        text, rate = _without_told(text, told, rate)
    return _name(text, rate), target, checks


def _without_told(text: str, told: Expression, rate: Expression) -> tuple[str, Expression]:
    """ "Tỉnh giao 60% hộ có ..., xã phấn đấu đạt 65%" and "...: năm 2025 đạt 78%, năm 2026 đạt 90%" without the
    figure that is only told, and without the words that lead on to the one that is set."""
    said = _TOLD.search(text[: told.start])
    begin = said.start() if said else told.start
    before = text[:begin].rstrip(" :,(")
    between = text[told.end : rate.start]
    if _BORNE_BY.match(text[: told.start]):
        before = ""
    between = re.sub(r"[,;]\s*[^,;]*$", "", between) if re.search(r"[,;]", between) else between
    kept = f"{before} {between.strip()}".strip() + " "
    moved = Expression(len(kept), len(kept) + rate.end - rate.start, rate.operator, rate.value, True, rate.printed)
    return kept + text[rate.start :], moved


def _name(text: str, rate: Expression) -> str:
    before, after = text[: rate.start], text[rate.end :]
    before = REACHED.sub("", before)
    after = re.sub(r"^/[^\W\d]+", "", after)
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
