"""Reading what a person typed as an indicator's figure. Nothing is guessed in silence: what is not clear is asked back.

"4.390 trên 5.753" for a rate is understood as "76,3 % (4.390/5.753)"; "7630" is asked: "Số 7.630 lớn hơn 100 %.
Anh/chị muốn nói 76,30 % hay 7.630 người?", with both readings to tap.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from knowledge.plan import Kind, Target
from knowledge.repair.fold import strip_marks
from reporting.display import MILESTONE_WORDS, figure_text
from reporting.entry import Figure, Milestone
from reporting.milestone_words import read_milestone
from reporting.number_words import read_words
from reporting.numbers import number_alone, part_of_counts
from reporting.numeral import tidy
from reporting.rates import from_counts, rate_alone, rate_of_counts
from reporting.typed import Amount, Counts, Typed, take_apart
from reporting.understood import HUNDRED, Asked, Reading, Understood, ask, distinct, known, option
from reporting.unit_of_measure import kind_of_unit

# A figure with its counts and a courtesy fits in a third of this; what is longer is a note or a question.
MAX_TYPED: Final = 200

# Of several numbers this many are named in the question; the rest of a long row would not be read.
_NUMBERS_NAMED: Final = 4

_DATE: Final = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d{2}\b")

_SAME_AS_LAST: Final = re.compile(
    r"(?:da |vang )?"
    r"(?:(?:giu|de|y)(?: y)? nguyen(?: (?:nhu )?(?:(?:ky|thang|quy|lan) truoc|cu))?"
    r"|(?:giu |van )?(?:nhu|giong|bang)(?: voi)? (?:(?:ky|thang|quy|lan) (?:truoc|cu)|cu|truoc)"
    r"|van (?:nhu )?(?:vay|the)|(?:khong|ko|k) (?:co )?(?:gi )?(?:thay )?doi)"
    r"(?: a| nhe| nha)?"
)


def read_figure(
    text: str,
    *,
    unit: str | None,
    kind: Kind | None = None,
    target: Target | None = None,
    last: Figure | None = None,
    counted: str = "người",
) -> Understood:
    """Read ``text`` as the figure of an indicator measured in ``unit``.

    ``kind`` defaults to what the unit tells, and without a unit to what the text looks like.

    ``target`` and ``last`` (the figure of the period before) are evidence: a target above 100 % allows a rate above it,
    "như kỳ trước" repeats ``last``. ``counted`` names what a rate is a share of ("người", "hồ sơ"), for the wording.
    """
    asked = Asked(unit, kind or (kind_of_unit(unit) if unit else _looks_like(text)), target, last, counted)
    if len(text) > MAX_TYPED:
        return ask(f"Tin nhắn dài quá nên tôi chưa rõ số nào là số liệu. {asked.please}")
    clean = tidy(text)
    if not clean:
        return ask(f"Tôi chưa thấy con số. {asked.please}")
    if _SAME_AS_LAST.fullmatch(strip_marks(clean).strip(" .!")):
        return _same_as_last(asked)
    if asked.kind is Kind.MILESTONE:
        return _milestone(clean)
    stages = read_milestone(clean) if not any(c.isdigit() for c in clean) else ()
    if stages:
        return _stage_for_number(stages, asked)
    typed = take_apart(clean, asked.unit)
    if typed.negative:
        return ask(f"Số liệu không thể là số âm. {asked.please}")
    if _DATE.search(clean):
        return ask(f"{clean} có vẻ là ngày tháng. {asked.please}")
    if typed.glued or not typed.items or not all(_readable(item) for item in typed.items):
        return ask(f"Tôi chưa đọc được con số. {asked.please}")
    if len(typed.items) > 1:
        return _several(typed, asked)
    item = typed.items[0]
    if asked.kind is Kind.PERCENT:
        understood = rate_of_counts(item, asked) if isinstance(item, Counts) else rate_alone(item, typed, asked)
    else:
        understood = part_of_counts(item, asked) if isinstance(item, Counts) else number_alone(item, asked)
    return _unless_doubtful(understood, typed, asked)


def _looks_like(text: str) -> Kind:
    if not any(c.isdecimal() for c in text) and read_words(tidy(text)) is None:
        return Kind.MILESTONE
    return Kind.PERCENT if any(c in "%/" for c in text) else Kind.NUMBER


def _readable(item: Amount | Counts) -> bool:
    amounts = (item,) if isinstance(item, Amount) else (item.part, item.whole)
    # A row of nine or more digits behind a zero is a telephone number.
    return all(amount.values and not re.fullmatch(r"0\d{8,}", amount.text) for amount in amounts)


def _same_as_last(asked: Asked) -> Understood:
    if asked.last is None:
        return ask(f"Chưa có số liệu kỳ trước để giữ. {asked.please}")
    return known(asked.last)


# --- words -----------------------------------------------------------------------------------------------------------


def _milestone(clean: str) -> Understood:
    stages = read_milestone(clean)
    if len(stages) == 1:
        return known(Figure(milestone=stages[0]))
    choices = tuple(option(Figure(milestone=stage)) for stage in stages or (Milestone.DONE, *_UNFINISHED))
    if stages:
        named = " hay ".join(MILESTONE_WORDS[stage] for stage in stages)
        return ask(f"Anh/chị muốn ghi {named}?", *choices)
    return ask(
        "Chỉ tiêu này không ghi bằng số. Anh/chị chọn: hoàn thành, đang thực hiện hoặc chưa thực hiện.", *choices
    )


_UNFINISHED: Final = (Milestone.UNDER_WAY, Milestone.NOT_STARTED)


def _stage_for_number(stages: tuple[Milestone, ...], asked: Asked) -> Understood:
    """ "chưa có" or "xong rồi" where a number is wanted: zero, nothing yet, or everything. The person says which."""
    if stages == (Milestone.DONE,) and asked.kind is Kind.PERCENT:
        return ask("Chỉ tiêu này ghi bằng tỷ lệ. Anh/chị muốn ghi 100 %?", option(asked.value(HUNDRED)))
    if stages == (Milestone.NOT_STARTED,):
        zero = asked.value(Decimal(0))
        return ask(
            f"Anh/chị muốn ghi {figure_text(zero)}, hay chưa có số liệu nên để trống?",
            option(zero),
            Reading("Chưa có số liệu", None),
        )
    return ask(f"Chỉ tiêu này cần một con số. {asked.please}")


# --- doubt -----------------------------------------------------------------------------------------------------------


def _unless_doubtful(understood: Understood, typed: Typed, asked: Asked) -> Understood:
    """Ask before a figure is taken that was rounded, that is a change, or that stood among words nobody understood."""
    figure = understood.figure
    if figure is None:
        return understood
    if typed.change:
        return ask(f"Anh/chị cho biết con số đạt được đến nay, không phải mức tăng hay giảm. {asked.please}")
    shown = figure_text(figure)
    if typed.rough:
        return ask(f"Báo cáo cần con số cụ thể. Ghi {shown} phải không?", option(figure))
    if typed.strange or typed.spelled or (typed.things and asked.kind is Kind.NUMBER):
        return ask(f"Tôi đọc được {shown}. Có đúng là số liệu của chỉ tiêu này không?", option(figure))
    return understood


def _several(typed: Typed, asked: Asked) -> Understood:
    """More than one number: a rate beside its own counts is one figure; everything else is asked."""
    if asked.kind is Kind.PERCENT and len(typed.pairs) == len(typed.amounts) == 1 and not typed.strange:
        return _rate_with_counts(typed, typed.amounts[0], typed.pairs[0], asked)
    plainly = replace(typed, items=(), rough=False, change=False, strange=False)
    options: list[Reading] = []
    for item in typed.items:
        alone = _alone(item, plainly, asked)
        if alone.figure is not None:
            options.append(option(alone.figure))
    if len(typed.items) == 2 and len(typed.amounts) == 2 and not typed.strange:
        options = [*_joined(typed.amounts[0], typed.amounts[1], typed, asked), *options]
    numbers = ", ".join(_as_typed(item) for item in typed.items[:_NUMBERS_NAMED])
    return ask(f"Tôi thấy {len(typed.items)} số: {numbers}. Số nào là của chỉ tiêu này?", *distinct(*options))


def _alone(item: Amount | Counts, typed: Typed, asked: Asked) -> Understood:
    """One of several numbers, read as if it stood alone."""
    if asked.kind is Kind.PERCENT:
        return rate_of_counts(item, asked) if isinstance(item, Counts) else rate_alone(item, typed, asked)
    return part_of_counts(item, asked) if isinstance(item, Counts) else number_alone(item, asked)


def _rate_with_counts(typed: Typed, amount: Amount, counts: Counts, asked: Asked) -> Understood:
    computed = rate_of_counts(counts, asked)
    if computed.figure is None:
        return computed
    exact = computed.figure.value
    assert exact is not None
    for value in amount.values:
        exponent = value.as_tuple().exponent
        # A typed rate agrees when the counts round to it at the decimals that were typed.
        if isinstance(exponent, int) and abs(exact - value) <= Decimal(1).scaleb(exponent) / 2:
            return _unless_doubtful(computed, typed, asked)
    options = (option(computed.figure), *(option(asked.value(v)) for v in amount.values if v <= asked.ceiling))
    question = f"{_as_typed(counts)} cho {figure_text(computed.figure)}, khác với {amount.text} %. Anh/chị chọn giúp:"
    return ask(question, *distinct(*options))


def _joined(first: Amount, second: Amount, typed: Typed, asked: Asked) -> list[Reading]:
    """What two bare numbers may have been: "60, 5" one number with a comma, "4390 5753" a part and its whole."""
    if asked.kind is not Kind.PERCENT or first.percent or second.percent:
        return []
    a, b = first.values[0], second.values[0]
    whole = max(a, b)
    if whole > HUNDRED:
        return [option(from_counts(min(a, b), whole, asked))]
    if second.text.isdecimal() and len(second.text) <= 2 and a == a.to_integral_value() and not typed.things:
        value = Decimal(f"{a:f}.{second.text}")
        return [option(asked.value(value))] if value <= asked.ceiling else []
    return []


def _as_typed(item: Amount | Counts) -> str:
    return item.text if isinstance(item, Amount) else f"{item.part.text}/{item.whole.text}"
