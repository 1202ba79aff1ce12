"""What a question asks: which kind of value, about what, for which year and whose plan.

Read without a model, from the forms that Vietnamese questions have. Understanding never fails: a question whose form is not
known is OPEN, and is answered from the passage that shares its words, or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge.repair.diacritics import restore_diacritics
from knowledge.repair.fold import strip_marks
from knowledge.repair.tone import old_tone
from retrieval.subject import content
from retrieval.terms import syllables

# What a person types; more is a pasted text, of which the beginning is read.
MAX_CHARACTERS: Final = 600


class Asked(StrEnum):
    """The kind of value that would answer the question."""

    PERCENT = "percent"
    COUNT = "count"
    MONEY = "money"
    FIGURE = "figure"
    WHO = "who"
    WHEN = "when"
    FREQUENCY = "frequency"
    DURATION = "duration"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    DOCUMENT = "document"
    PURPOSE = "purpose"
    NAME = "name"
    OPEN = "open"


class Form(StrEnum):
    """What is done with the records: one of them, all of them, their number, two authorities side by side."""

    ONE = "one"
    LIST = "list"
    TALLY = "tally"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood. ``content`` are the runs of search syllables that say what it is about.

    ``nouns`` are the counted things of a COUNT; ``years`` the years named; ``target`` says that a goal is asked for, ``goal`` that it is called one, not a
    result; ``report`` that it is about reporting; ``reported`` that it asks for what was reported so far; ``plan_itself``
    that it asks about the document, not about what stands in it.
    """

    text: str
    asked: Asked
    form: Form
    content: tuple[tuple[str, ...], ...]
    nouns: tuple[tuple[str, ...], ...]
    years: frozenset[int]
    target: bool
    goal: bool
    report: bool
    reported: bool
    plan_itself: bool
    parent: bool
    codes: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The content as one run."""
        return tuple(word for run in self.content for word in run)


# "may" typed bare is "máy" (machine) before these, else "mấy" (how many).
_MACHINES: Final = "tinh|in|scan|quet|chu|tram|photo|moc|bay|anh|chieu|bom|phat|lanh|vi tinh"

_N: Final = "bao nhieu"
# Words that lose their meaning with their diacritics, kept apart from those they would be taken for.
_MARKED: Final = (
    (re.compile(r"(?i)\bmấy\b"), "bao nhiêu"),
    (re.compile(r"(?i)\bsở nào\b"), "đơn vị nào"),
    (re.compile(r"(?i)\b(?:tiền|lương|tốn|vốn)\b"), "zzztien"),
)
_DOCUMENTS: Final = "ke hoach|quyet dinh|cong van|nghi quyet|chi thi|van ban|thong tu|nghi dinh|to trinh|thong bao|ket luan|luat|chuong trinh"
_FORMS: Final[tuple[tuple[Asked, str], ...]] = (
    (Asked.PHONE, r"so dien thoai|hotline|duong day nong|dien thoai (?:so|nao|la|lien he)|goi so nao"),
    (Asked.EMAIL, r"\bemail\b|thu dien tu nao|dia chi thu\b|hop thu nao"),
    (
        Asked.ADDRESS,
        r"(?:trang web|website|duong dan|\blink\b|dia chi (?:trang|cong|web|truy cap)).*\b(?:nao|gi|dau)\b",
    ),
    (
        Asked.DOCUMENT,
        rf"\b(?:{_DOCUMENTS})(?: \w+){{0,12}}? so (?:{_N}|may|nao|gi)\b|\b(?:{_DOCUMENTS})(?: so)? (?:nao|gi)\b|\bso hieu\b"
        rf"|^so (?:{_N}|may)\b(?! (?:phan tram|nguoi))",
    ),
    (
        Asked.WHO,
        r"\b(?:ai|don vi|phong|co quan|ban|nganh|to chuc|bo phan|ben|to|doan the|trung tam|sophong|dau moi|ca nhan) (?:nao|la ai)\b"
        r"|@who|\bphong ban nao\b|giao (?:cho|ai)\b(?=.*\b(?:nao|ai)\b)|(?:chu tri|phu trach|chiu trach nhiem|phoi hop) (?:la|gom) (?:gi|nhung)",
    ),
    (Asked.FREQUENCY, rf"bao lau (?:1|mot|{_N}) lan|{_N} lan\b|tan suat|dinh ky (?:the nao|bao lau|nhu)|may lan"),
    (Asked.DURATION, r"bao lau\b|trong vong bao|may (?:tieng|gio)|mat (?:bao|may) (?:lau|ngay)"),
    (
        Asked.WHEN,
        rf"khi nao|bao gio|ngay (?:nao|{_N}|may)|thang (?:nao|{_N}|may)|luc nao|\bhan (?:nao|chot|cuoi|la|nop|bao)|thoi han|thoi diem nao"
        rf"|thoi gian nao|quy (?:nao|{_N})|nam nao|den bao gio|ngay thang nam",
    ),
    (Asked.PERCENT, rf"{_N} phan tram|ty (?:le|trong)\b.*{_N}|phan tram"),
    (
        Asked.MONEY,
        rf"{_N} (?:@tien|tien|dong|ty|trieu|kinh phi)\b(?! (?:le|trong|mat))|(?:\b(?:kinh phi|ngan sach|chi phi|phu cap|thu lao|du toan"
        rf"|tong muc dau tu|het)|@tien)\b(?! mat)(?:(?!phan tram).)*{_N}",
    ),
    (Asked.FIGURE, _N),
    (Asked.PURPOSE, r"de lam gi|nham (?:muc dich )?(?:gi|lam gi)|muc dich (?:gi|la gi|cua)|vi sao|tai sao"),
    (Asked.NAME, r"\b(?:gi|nao|nhung gi)\b"),
)
_COMPILED: Final = tuple((asked, re.compile(pattern)) for asked, pattern in _FORMS)

_COMPARE: Final = re.compile(r"\bso voi\b|\bso sanh\b|\bchenh\b|\b(?:cao|thap) hon\b.*\b(?:tinh|xa|phuong)\b")
_LIST: Final = re.compile(
    r"\b(?:nhung|cac|danh sach|liet ke)\b.*\bchi tieu\b|\bchi tieu (?:nao|gi)\b.*\b(?:chu tri|phu trach|thuoc|cua|do|giao)\b"
    r"|\b(?:chu tri|phu trach|thuc hien) (?:nhung |cac )?chi tieu (?:nao|gi)"
)
_TALLY: Final = re.compile(rf"{_N} chi tieu\b")
_TARGET: Final = re.compile(
    r"\b(?:chi tieu|muc tieu|phan dau|phai dat|dat ra|dat muc|yeu cau dat|duoc giao|toi thieu|it nhat|phai)\b"
)
_GOAL: Final = re.compile(r"\b(?:chi tieu|muc tieu|phan dau|phai dat|can dat|muc nao|dat muc|dat ra)\b")
_REPORT: Final = re.compile(r"\bbao cao\b")
_REPORTING: Final = re.compile(
    r"\b(?:gui|nop|han|khi nao|bao gio|ngay|dinh ky|bao lau|email|qua|truoc|hang thang|hang quy|hang nam|cho ai)\b"
)
_REPORTED: Final = re.compile(
    r"\b(?:da bao cao|bao cao gan nhat|so lieu (?:gan|moi) nhat|ket qua (?:gan|moi) nhat|dat duoc (?:bao nhieu )?roi|hien (?:da )?dat"
    r"|den nay dat|da dat)\b"
)
_PLAN: Final = r"(?:ke hoach|van ban)"
_ITSELF: Final = re.compile(
    rf"^(?:\w+ )?{_PLAN} (?:nay|chuyen doi so(?: nam \d+)?|do)?(?: cua| \w+){{0,10}}? ?(?:co )?(?:la )?(?:so|ban hanh|ky|do ai|ai|so hieu|ngay)\b"
    rf"|\bai ky\b|\bky ban hanh\b|\bnguoi ky\b|\bban hanh (?:ngay|khi|luc)\b.*|@who ky\b"
)
_YEAR: Final = re.compile(r"\b(20[1-4]\d)\b")
_CODE: Final = re.compile(r"\b\d+(?:/\d{4})?(?:/[A-Za-zĐđ]+(?:-[A-Za-zĐđ&]+)*|-[A-Za-zĐđ]{2,}/[A-Za-zĐđ]+)")
_PARENT: Final = re.compile(
    r"\b(?:cua|toan|cap|o|trong|ke hoach|so voi) tinh\b|\btinh (?:dat|co|minh|ta|giao|yeu|la|thi|phan|phai|ban|de ra)\b|^tinh\b"
)

# What may follow "bao nhiêu" and is not counted by it.
_NO_NOUN: Final = frozenset(
    [
        "@tien",
        "a",
        "ad",
        "ban",
        "can",
        "chi",
        "cho",
        "co",
        "cua",
        "dat",
        "dau",
        "day",
        "de",
        "den",
        "dong",
        "duoc",
        "ha",
        "hay",
        "khi",
        "khong",
        "la",
        "lam",
        "minh",
        "moi",
        "mot",
        "nam",
        "nao",
        "nhi",
        "nhu",
        "o",
        "phai",
        "phan",
        "roi",
        "tai",
        "the",
        "thi",
        "tien",
        "tren",
        "trieu",
        "trong",
        "tu",
        "ty",
        "va",
        "vay",
        "ve",
        "voi",
    ]
)

# Shorthand of the keyboard that must be read before diacritics are restored.
_TYPED: Final = {
    "bn": "bao nhiêu", "bnhieu": "bao nhiêu", "bnhiu": "bao nhiêu", "bhieu": "bao nhiêu", "nhiu": "nhiêu",
    "sdt": "số điện thoại", "sđt": "số điện thoại", "lm": "làm", "dc": "được", "đc": "được", "ko": "không",
    "k": "không", "ntn": "như thế nào", "xài": "dùng", "mail": "email", "tl": "tỷ lệ", "hok": "không",
}  # fmt: skip
_TYPED_BARE: Final = {key: strip_marks(value) for key, value in _TYPED.items()} | {"xai": "dung"}


def understand(text: str, *, names: Iterable[str] = ()) -> Question:
    """Read a question. ``names`` are the authorities' own names ("xã Bình Chương"), which say whose plan, not what."""
    typed = unicodedata.normalize("NFC", text[:MAX_CHARACTERS])
    codes = tuple(m.group() for m in _CODE.finditer(typed))
    written = _written(typed)
    plain = _plain(written)
    asked = next((kind for kind, pattern in _COMPILED if pattern.search(plain)), Asked.OPEN)
    nouns = _nouns(plain) if asked in (Asked.FIGURE, Asked.PERCENT, Asked.MONEY) else ()
    if asked is Asked.FIGURE and nouns:
        asked = Asked.COUNT
    form = Form.ONE
    if _COMPARE.search(plain):
        form = Form.COMPARE
    elif _TALLY.search(plain):
        form = Form.TALLY
    elif _LIST.search(plain) and asked not in (Asked.PERCENT, Asked.FIGURE, Asked.COUNT):
        form = Form.LIST
    report = bool(_REPORT.search(plain) and _REPORTING.search(plain))
    return Question(
        text=typed,
        asked=asked,
        form=form,
        content=content(written, names),
        nouns=nouns,
        years=frozenset(int(y) for y in _YEAR.findall(plain)),
        target=bool(_TARGET.search(plain)),
        goal=bool(_GOAL.search(plain)),
        report=report,
        reported=bool(_REPORTED.search(plain)),
        plan_itself=bool(_ITSELF.search(plain)),
        # "Công văn nào của tỉnh" names who wrote it, not whose plan is asked.
        parent=asked is not Asked.DOCUMENT and bool(_PARENT.search(plain)),
        codes=codes,
    )


def _written(typed: str) -> str:
    """The question with shorthand written out and diacritics restored where there were none."""
    bare = strip_marks(typed) == typed.lower()
    shorthand = _TYPED_BARE if bare else _TYPED
    if bare:
        typed = (
            re.sub(r"(?i)(?:\s+(?:roi|vay|a|nhi|the|ad|nhe|ha|v|khong|ko|day|nha))+\s*[?.!]*\s*$", "", typed) or typed
        )
        typed = re.sub(rf"(?i)(?<!dam )(?<!bo )\bmay\b(?! (?:{_MACHINES})\b)", _N, typed)
    written = re.sub(r"\w+", lambda m: shorthand.get(m.group().lower(), m.group()), typed)
    return old_tone(restore_diacritics(written.replace("%", " phan tram " if bare else " phần trăm ")))


def _plain(written: str) -> str:
    """The question as one string of search syllables; "mấy" as "bao nhieu", "ai" (who) as "@who", "tiền" as "@tien"."""
    text = written
    for pattern, instead in _MARKED:
        text = pattern.sub(instead, text)
    plain = " ".join(syllables(text, question=True))
    plain = re.sub(rf"\bmay(?! (?:{_MACHINES})\b)", _N, plain)
    # AI in capitals has become "tri tue nhan tao"; what is left of "ai" asks who.
    return re.sub(r"\bai\b", "@who", plain).replace("zzz", "@")


def _nouns(plain: str) -> tuple[tuple[str, ...], ...]:
    """The counted things: up to three syllables behind each "bao nhiêu" that are no scaffolding; those named with it
    ("mấy máy tính, máy in") follow from the words, not from here."""
    nouns = []
    for after in plain.split(_N)[1:]:
        noun: list[str] = []
        for word in after.split()[:3]:
            if word in _NO_NOUN:
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
