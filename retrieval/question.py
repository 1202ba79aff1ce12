"""What a question asks: which kind of value, about what, for which year and whose plan.

Read without a model, from the forms that Vietnamese questions have (``retrieval.forms``). Understanding never fails: a
question whose form is not known is OPEN, and is answered from the passage that shares its words, or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from knowledge.repair.diacritics import restore_diacritics
from knowledge.repair.fold import strip_marks
from knowledge.repair.tone import old_tone
from retrieval.forms import (
    ABOUT_PLAN,
    AFFECTED,
    COMPARES,
    COOPERATES,
    COUNTED_ALL_THE_SAME,
    DUTIES,
    GOALS,
    HOW_MUCH,
    KINDS,
    LISTS,
    MONEY_SOURCE,
    NOT_COUNTED,
    OBLIGES,
    OF_OWN,
    OF_PROVINCE,
    OF_REPORTED,
    PERIOD,
    PLAN_OF_PROVINCE,
    REPORTED,
    REPORTS,
    TALLIES,
    TIMES,
    UNMET,
    YEARS,
    Asked,
    Form,
)
from retrieval.subject import content
from retrieval.terms import syllables

# What a person types; more is a pasted text, of which the beginning is read.
MAX_CHARACTERS: Final = 600


# A longer message greets, explains and thanks beside asking.
_ONE_SENTENCE: Final = 200


# Words that name hardly more than the plan itself ("kế hoạch đổi mới công nghệ lấy tiền từ đâu").
_WHOLE_PLAN: Final = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    ``content`` are the runs of search syllables that say what it is about, ``nouns`` the counted things of a COUNT, and
    ``years`` the years named. ``obliges`` says that something to reach is asked for, ``goal`` that it is called one;
    ``report`` that it is about reporting, ``reported`` about what was reported so far, ``unmet`` about results too
    low, ``plan_itself`` about the document, not about what stands in it, ``parent`` about the province's plan.
    ``tallied`` asks for a number of indicators, alone or with their list, ``coop`` who works with the one that leads,
    ``affected`` whom it is done to or with, ``timed`` also by when, ``duties`` what a unit has to do. ``codes`` are
    numbers of documents; ``leaning`` a part of a message that names no subject of its own.
    """

    text: str
    asked: Asked
    form: Form
    content: tuple[tuple[str, ...], ...]
    nouns: tuple[tuple[str, ...], ...]
    years: frozenset[int]
    obliges: bool
    goal: bool
    report: bool
    reported: bool
    plan_itself: bool
    parent: bool
    tallied: bool
    unmet: bool
    coop: bool
    affected: bool
    timed: bool
    duties: bool
    codes: tuple[str, ...]
    leaning: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The content as one run."""
        return tuple(word for run in self.content for word in run)


# "may" typed bare is "máy" (machine) before these, else "mấy" (how many).
_MACHINES: Final = (
    "tinh|in|scan|quet|chu|tram(?! (?:bts|thu|phat|y te|[45]g))|photo|moc|bay|anh|chieu|bom|phat|lanh|vi tinh"
)

# Words that lose their meaning with their diacritics, kept apart from those they would be taken for.
_MARKED: Final = (
    (re.compile(r"(?i)\bmấy\b"), "bao nhiêu"),
    (re.compile(r"(?i)\bsở nào\b"), "đơn vị nào"),
    (re.compile(r"(?i)\b(?:tiền|lương|tốn|vốn)\b"), "zzztien"),
)
_CODE: Final = re.compile(r"\b\d+(?:/\d{4})?(?:/[A-Za-zĐđ]+(?:-[A-Za-zĐđ&]+)*|-[A-Za-zĐđ]{2,}/[A-Za-zĐđ]+)")

# Shorthand of the keyboard that must be read before diacritics are restored.
_TYPED: Final = {
    "bn": "bao nhiêu", "bnhieu": "bao nhiêu", "bnhiu": "bao nhiêu", "bhieu": "bao nhiêu", "nhiu": "nhiêu",
    "sdt": "số điện thoại", "sđt": "số điện thoại", "lm": "làm", "dc": "được", "đc": "được", "ko": "không",
    "k": "không", "ntn": "như thế nào", "xài": "dùng", "mail": "email", "tl": "tỷ lệ", "hok": "không",
    "bc": "báo cáo", "kq": "kết quả", "nv": "nhiệm vụ", "đvị": "đơn vị", "cq": "cơ quan", "ctiêu": "chỉ tiêu",
    "tgian": "thời gian", "bh": "bao giờ", "gđ": "giai đoạn", "qđịnh": "quyết định", "hđ": "hoạt động", "j": "gì",
    "z": "vậy", "ng": "người", "trc": "trước", "r": "rồi", "hem": "không", "khg": "không", "mk": "mình",
    "nhứt": "nhất", "hông": "không", "hổng": "không", "mần": "làm", "qd": "quyết định",
    "pct": "phó chủ tịch", "kh": "kế hoạch", "tw": "trung ương", "tiu": "tiêu",
    "ttdvc": "thanh toán dịch vụ công", "ttkdtm": "thanh toán không dùng tiền mặt",
    "tttt": "thanh toán trực tuyến", "cks": "chữ ký số", "ssk": "sổ sức khỏe", "cccd": "căn cước công dân",
}  # fmt: skip
_TYPED_BARE: Final = {strip_marks(key): strip_marks(value) for key, value in _TYPED.items()}


# "KH&CN", whose first half would be a plan (kế hoạch).
_SCIENCE: Final = re.compile(r"(?i)\bkh\s?&\s?cn\b")
# More than is read is cut before anything else is done; blanks and signs that nobody sees may stand before the words.
_RAW_CHARACTERS: Final = 10 * MAX_CHARACTERS
_TAG: Final = re.compile(r"</?\w[^<>]{0,40}>")


def cleaned(text: str) -> str:
    """What a person sees of a message, in NFC, its beginning: no invisible signs, no markup, one blank for many."""
    seen = unicodedata.normalize("NFKC", text[:_RAW_CHARACTERS])
    seen = "".join(c for c in seen if unicodedata.category(c) not in _INVISIBLE)
    seen = _TAG.sub(" ", seen)
    return re.sub(r"[^\S\n]+|(?<!\n)\n(?!\n)", " ", seen).strip()[:MAX_CHARACTERS]


# Format signs (zero width, direction), lone surrogates, private use.
_INVISIBLE: Final = frozenset({"Cf", "Cs", "Co"})


def understand(text: str, *, names: Iterable[str] = ()) -> Question:
    """Read a question. ``names`` are the authorities' own names ("xã Bình Chương"), which say whose plan, not what."""
    typed = cleaned(text)
    codes = tuple(m.group() for m in _CODE.finditer(typed))
    written = _asking(_written(typed))
    plain = _plain(written)
    asked = next((kind for kind, pattern in KINDS if pattern.search(plain)), Asked.OPEN)
    nouns = _nouns(plain) if asked in (Asked.FIGURE, Asked.PERCENT, Asked.MONEY) else ()
    if asked is Asked.FIGURE and nouns:
        asked = Asked.COUNT
    form = Form.ONE
    # A period is asked about by its end: "giai đoạn 2026-2030".
    years = frozenset(int(y) for y in YEARS.findall(PERIOD.sub(r"\1", plain)))
    if COMPARES.search(plain) and len(years) < 2:  # two years are compared within one plan
        form = Form.COMPARE
    elif TALLIES.search(plain) and not LISTS.search(plain) and not any(p.search(plain) for k, p in KINDS if k in TIMES):
        form = Form.TALLY  # "mấy chỉ tiêu ... khi nào" are some, not how many
    elif LISTS.search(plain) and (asked not in (Asked.PERCENT, Asked.FIGURE, Asked.COUNT) or TALLIES.search(plain)):
        form = Form.LIST
    reported = bool(REPORTED.search(plain))
    report = REPORTS.match(plain) is not None and not reported
    about = content(written, names)
    if MONEY_SOURCE.search(plain) and sum(map(len, about)) <= _WHOLE_PLAN:
        about = (("kinh", "phi", "thuc", "hien"),)
    if asked is Asked.WHO and COOPERATES.search(plain):  # "phối hợp" is what is asked, not what it is about
        about = tuple(run for r in about if (run := _without(r, ("phoi", "hop"))))
    if form is Form.COMPARE:  # "xã so với tỉnh" names the sides, not the thing
        about = tuple(run for r in about if (run := tuple(w for w in r if w != "tinh")))
    if reported or len(years) > 1:  # "so với kết quả năm 2025" names the year's figure
        about = tuple(run for r in about if (run := tuple(OF_REPORTED.sub(" ", " ".join(r)).split())))
    return Question(
        text=typed,
        asked=asked,
        form=form,
        content=about,
        nouns=nouns,
        years=years,
        obliges=bool(OBLIGES.search(plain)),
        goal=bool(GOALS.search(plain)),
        report=report,
        reported=reported,
        plan_itself=bool(ABOUT_PLAN.search(plain)),
        # "Công văn nào của tỉnh" names who wrote it, not whose plan is asked.
        parent=bool((PLAN_OF_PROVINCE if asked is Asked.DOCUMENT else OF_PROVINCE).search(plain))
        and not (form is not Form.COMPARE and OF_OWN.search(plain)),
        tallied=bool(TALLIES.search(plain)),
        unmet=bool(UNMET.search(plain)),
        duties=bool(DUTIES.search(plain)),
        coop=asked is Asked.WHO and bool(COOPERATES.search(plain)),
        affected=asked is Asked.WHO and bool(AFFECTED.search(plain)),
        timed=asked is Asked.WHO and any(pattern.search(plain) for kind, pattern in KINDS if kind in TIMES),
        codes=codes,
    )


def asks(text: str) -> bool:
    """Whether ``text`` holds a question word."""
    plain = _plain(_written(text))
    return any(pattern.search(plain) for _, pattern in KINDS)


def _without(run: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """``run`` without ``words`` at its end or its beginning."""
    if run[-len(words) :] == words:
        return run[: -len(words)]
    return run[len(words) :] if run[: len(words)] == words else run


def _written(typed: str) -> str:
    """The question with shorthand written out and diacritics restored where there were none."""
    bare = strip_marks(typed) == typed.lower()
    shorthand = _TYPED_BARE if bare else _TYPED
    if bare:
        typed = (
            re.sub(r"(?i)(?:\s+(?:roi|vay|a|nhi|the|ad|nhe|ha|v|khong|ko|day|nha))+\s*[?.!]*\s*$", "", typed) or typed
        )
        typed = re.sub(rf"(?i)(?<!dam )(?<!bo )\bmay\b(?! (?:{_MACHINES})\b)", HOW_MUCH, typed)
    # Never within a document's number: "92/KH-UBND".
    typed = _SCIENCE.sub(" khoa học công nghệ ", typed)
    written = re.sub(r"(?<![/\w-])\w+(?![/-]\w)", lambda m: shorthand.get(m.group().lower(), m.group()), typed)
    return old_tone(restore_diacritics(written.replace("%", " phan tram " if bare else " phần trăm ")))


def _asking(written: str) -> str:
    """The sentence of a long message that asks; a short one whole."""
    if len(written) <= _ONE_SENTENCE:
        return written
    sentences = [part for part in re.split(r"(?<=[.?!])\s+|\n+", written) if part.strip()]
    return next((part for part in sentences if any(form.search(_plain(part)) for _, form in KINDS)), written)


def _plain(written: str) -> str:
    """The question as one string of search syllables; "mấy" as "bao nhieu", "ai" (who) as "@who", "tiền" as "@tien"."""
    text = written
    for pattern, instead in _MARKED:
        text = pattern.sub(instead, text)
    plain = " ".join(syllables(text, question=True))
    plain = re.sub(rf"\bmay(?! (?:{_MACHINES})\b)", HOW_MUCH, plain)
    # AI in capitals has become "tri tue nhan tao"; what is left of "ai" asks who.
    return re.sub(r"\bai\b", "@who", plain).replace("zzz", "@")


def _nouns(plain: str) -> tuple[tuple[str, ...], ...]:
    """The counted things: up to three syllables behind each "bao nhiêu" that are no scaffolding; those named with it
    ("mấy máy tính, máy in") follow from the words, not from here."""
    nouns = []
    for after in plain.split(HOW_MUCH)[1:]:
        noun: list[str] = []
        words = after.split()[:3]
        for word, following in zip_longest(words, words[1:]):
            if word in NOT_COUNTED and f"{word} {following}" not in COUNTED_ALL_THE_SAME:
                break
            noun.append(word)
        if noun:
            nouns.append(tuple(noun))
    return tuple(nouns)


def authority_name(authority: str) -> str:
    """ "UBND xã Bình Chương" without its office: "xã Bình Chương"."""
    return re.sub(r"^\s*(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+", "", authority, flags=re.IGNORECASE).strip()


def is_province(authority: str) -> bool:
    """Whether the authority is a province or a centrally run city."""
    return strip_marks(authority_name(authority)).startswith(("tinh ", "thanh pho "))
