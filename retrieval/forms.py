"""The forms that Vietnamese questions take, as patterns over the search form of a question.

In that form "mấy" has become "bao nhieu", who-"ai" is "@who", and money's "tiền", "vốn", "lương" are "@tien", as
they lose their meaning with their diacritics (``retrieval.question`` writes it); "w" is "u", as everywhere in search.
The first kind that fits is what is asked.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Asked(StrEnum):
    """The kind of value that would answer the question."""

    PERCENT = "percent"
    COUNT = "count"
    MONEY = "money"
    FIGURE = "figure"
    WHO = "who"
    PERSON = "person"
    WHEN = "when"
    DAY = "day"
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


# "bao nhiêu", "mấy": how many, how much.
HOW_MUCH: Final = "bao nhieu"


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_DOCUMENT: Final = (
    "(?:ke hoach|quyet dinh|cong van|nghi quyet|chi thi|van ban|thong tu|nghi dinh|to trinh|thong bao|ket luan|luat"
    "|chuong trinh)"
)
_ACTOR: Final = (
    "(?:ai|don vi|phong|co quan|ban|nganh|to chuc|bo phan|ben|to|doan the|trung tam|dau moi|ca nhan|phong ban"
    "|bo|cuc|vien)"
)
_MONEY: Final = (
    r"(?:\b(?:kinh phi|ngan sach|chi phi|phu cap|thu lao|du toan|tong muc dau tu|chi (?:thuong xuyen|dau tu))|@tien)"
    r"\b(?! mat)"
)

# A post, which a person holds; "chủ tịch" alone also issues decisions.
_POST: Final = (
    "(?:(?:to |pho )?truong(?: ban| phong| tram| to| thon| ap| khu pho| dai)|to truong|to pho|pho ban|chu tich"
    "|pho chu tich|bi thu|pho bi thu|giam doc|pho giam doc|chanh van phong|ke toan truong|hieu truong|thu ky)"
)

KINDS: Final[tuple[tuple[Asked, re.Pattern[str]], ...]] = (
    (Asked.PHONE, _any("so dien thoai", "hotline", "duong day nong", "dien thoai (?:so|nao|la|lien he)", "goi so nao")),
    (Asked.EMAIL, _any(r"\bemail\b", "thu dien tu nao", r"dia chi thu\b", "hop thu nao")),
    (
        Asked.ADDRESS,
        _any(
            r"(?:trang ueb|uebsite)(?: \w+){0,3}? (?:nao|gi|o dau)\b",
            r"(?:duong dan|\blink\b|dia chi (?:trang|cong|ueb|truy cap)).*\b(?:nao|gi|dau)\b",
            r"\b(?:xin|cho|gui|co) (?:\w+ ){0,2}?(?:link|duong dan)\b|^(?:link|duong dan)\b",
            r"\bdia chi (?:nao|o dau|cu the|la gi)\b",
            r"\b(?:cong|trang|he thong|nen tang)\b.*\b(?:dia chi|ten mien)\b",
        ),
    ),
    (
        Asked.DOCUMENT,
        _any(
            rf"\b{_DOCUMENT}(?: \w+){{0,12}}? so (?:{HOW_MUCH}|may|nao|gi)\b",
            rf"\b{_DOCUMENT}(?: so)? (?:nao|gi)\b",
            r"\bso hieu\b",
            rf"^so (?:{HOW_MUCH}|may)\b(?! (?:phan tram|nguoi))",
        ),
    ),
    (
        Asked.PERSON,
        _any(
            rf"\b{_POST}\b(?: \w+){{0,8}}? (?:@who|ten (?:la )?gi|la nguoi nao|ho ten)\b",
            rf"@who(?: dang)? (?:la|lam|giu) (?:chuc )?{_POST}\b",
            rf"\b(?:ho )?ten (?:cua )?(?:@who )?{_POST}\b",
            r"\b(?:can bo|cong chuc|dong chi|chuyen vien) nao\b",
            r"@who (?:duoc|da duoc) (?:chon|cu|bo nhiem|phan cong|giao) ",
        ),
    ),
    (
        Asked.WHO,
        _any(
            rf"\b{_ACTOR} (?:nao|la ai)\b",
            "@who",
            r"giao (?:cho|ai)\b(?=.*\b(?:nao|ai)\b)",
            "(?:chu tri|phu trach|chiu trach nhiem|phoi hop) (?:la|gom) (?:gi|nhung)",
        ),
    ),
    # "Mấy nhóm đối tượng nào": which, not how many.
    (Asked.NAME, _any(rf"{HOW_MUCH}(?: \w+){{1,4}}? (?:nao|gi)\b(?! (?:truoc|sau))")),
    (
        Asked.FREQUENCY,
        _any(
            rf"bao lau(?: \w+){{0,4}} (?:1|mot|{HOW_MUCH}) lan",
            rf"{HOW_MUCH} lan\b",
            "tan suat",
            "dinh ky (?:the nao|bao lau|nhu)",
        ),
    ),
    (Asked.DURATION, _any(r"bao lau\b", "trong vong bao", f"{HOW_MUCH} (?:tieng|gio)", "mat bao lau")),
    (Asked.DAY, _any(rf"\bngay (?:nao|{HOW_MUCH}|may|thang)\b", rf"{HOW_MUCH} tay\b")),
    (
        Asked.WHEN,
        _any(
            "khi nao|bao gio|chung nao|(?<!xa )hoi nao|luc nao|nam nao|thoi han|thoi diem nao|thoi gian nao",
            "den dau thi xong",
            rf"(?:thang|quy) (?:nao|{HOW_MUCH}|may)",
            r"\bhan (?:nao|chot|cuoi|la|nop|bao (?!nhieu))",
        ),
    ),
    (
        Asked.PERCENT,
        _any(
            f"{HOW_MUCH} phan tram",
            rf"ty (?:le|trong(?! do))\b.*{HOW_MUCH}",
            "phan tram",
            r"^ty (?:le|trong)\b(?!.*\b(?:nao|gi)\b)",
            rf"\bchiem (?:khoang |toi |den |tren )?{HOW_MUCH}\b(?! (?:nguoi|ho|don vi|dong|ty))",
        ),
    ),
    (
        Asked.MONEY,
        _any(
            rf"{HOW_MUCH} (?:@tien|tien|dong|ty|trieu|kinh phi)\b(?! (?:le|trong|mat))",
            rf"{_MONEY}(?:(?!phan tram|\bdat ).)*{HOW_MUCH}",
            rf"\bhet (?:tong cong |tat ca |khoang )?{HOW_MUCH}",
        ),
    ),
    (Asked.FIGURE, _any(HOW_MUCH)),
    (
        Asked.PURPOSE,
        _any("de lam gi", "nham (?:muc dich )?(?:gi|lam gi)", "muc dich (?:gi|la gi|cua)", "vi sao", "tai sao"),
    ),
    (Asked.NAME, _any(r"\b(?:gi|nao|nhung gi)\b")),
)

# The name of a thing, not what it is.
CALLED: Final = _any(r"\bten (?:la )?gi\b", r"\bgoi la gi\b", r"\bten (?:goi )?(?:cua|phan mem|he thong|ung dung)\b")
# Two authorities side by side; "so với mức tối thiểu 60 %" and "so với năm ngoái" name no other side.
_LEVEL = r"(?:tinh|xa|phuong|cap tren|trung uong|ca nuoc|ben|dac khu)\b"
COMPARES: Final = _any(
    rf"\bso (?:voi|sanh)\b.*\b{_LEVEL}",
    rf"\b{_LEVEL}.*\bso (?:voi|sanh)\b(?: nhau)?(?:$| (?:thi|the|ra|xem|giup|duoc)\b)",
    r"\bchenh\b",
    rf"\b(?:cao|thap) hon\b.*\b{_LEVEL}",
)
LISTS: Final = _any(
    r"\b(?:nhung|cac|danh sach|liet ke)\b.*\bchi tieu\b",
    r"\bchi tieu (?:nao|gi)\b.*\b(?:chu tri|phu trach|thuoc|cua|do|giao)\b",
    r"\b(?:chu tri|phu trach|thuc hien) (?:nhung |cac )?chi tieu (?:nao|gi)",
)
TALLIES: Final = _any(rf"{HOW_MUCH} chi tieu\b")
# Results that fell short of their goal.
UNMET: Final = _any(
    r"\bchi tieu\b.*\b(?:chua|khong) (?:dat|hoan thanh)\b", r"\b(?:chua|khong) dat (?:nhung |cac )?chi tieu\b"
)
# What a unit has to do.
DUTIES: Final = _any(
    r"\b(?:lam|phu trach|dam nhiem|thuc hien) (?:nhung |cac )?(?:viec |nhiem vu )?gi\b",
    r"\b(?:nhiem vu|trach nhiem|vai tro|cong viec)(?: cua)?(?: \w+){0,8} (?:la )?(?:gi|nao)\b",
    r"\b(?:nhiem vu|trach nhiem) (?:gi|nao)\b",
)
# A goal, by name or by an obligation ("phải", "tối thiểu").
GOALS: Final = _any(r"\b(?:chi tieu|muc tieu|phan dau|phai dat|can dat|muc nao|dat muc|dat ra)\b")
OBLIGES: Final = _any(GOALS.pattern, r"\b(?:yeu cau dat|duoc giao|toi thieu|it nhat|phai)\b")
# Asked for a time, coarsely or to the day.
TIMES: Final = (Asked.WHEN, Asked.DAY)

# Who works with the one that leads.
COOPERATES: Final = _any(
    rf"\bphoi hop (?:voi |cung )?(?:@who|(?:nhung |cac )?(?:{_ACTOR}|doanh nghiep) nao)\b",
    rf"(?:@who|{_ACTOR} nao) phoi hop\b",
)
# Whom something is done to, for or with: not the one that is responsible for it.
AFFECTED: Final = _any(
    r"\b(?:keu goi|huy dong|van dong|danh|cho|tu|truoc|toi|den|gom|nham|huong dan|tap huan|ho tro|moi|lien ket|hop tac)"
    rf" (?:voi |cho )?(?:nhung |cac )?(?:@who|{_ACTOR} nao|doi tuong nao)\b(?! (?:chu tri|phu trach|lo|thuc hien))",
    rf"\b(?:quy dinh|huong dan|chi dao|y kien|yeu cau|van ban) cua (?:@who|{_ACTOR} nao)\b",
    rf"\bcua (?:@who|{_ACTOR} nao)$",
    r"\b(?:@who|doi tuong nao)(?: \w+){0,2} (?:duoc|thu huong|huong)\b",
)
# Where money comes from.
_SOURCE = (
    r"\b(?:lay|bo tri|huy dong)? ?(?:o dau|tu dau|tu (?:nhung )?nguon nao|nguon nao|@who (?:bo ra|chi tra|chiu))\b"
)
MONEY_SOURCE: Final = _any(rf"(?:@tien|\bkinh phi|\bngan sach)\b.*{_SOURCE}")
# About reporting: the word, and one that asks when, how or to whom.
REPORTS: Final = re.compile(
    r"(?=.*\bbao cao\b)(?=.*\b(?:gui|nop|han|khi nao|bao gio|ngay|dinh ky|bao lau|email|(?<!ket )qua|truoc|hang thang"
    r"|hang quy|hang nam|cho @who)\b)"
)
# What was reported, not what is aimed at.
REPORTED: Final = _any(
    r"\bda bao cao\b",
    r"\b(?:bao cao|so lieu|ket qua) (?:gan|moi) nhat\b",
    r"\bdat duoc (?:bao nhieu )?roi\b",
    r"\b(?:hien (?:da )?dat|den nay dat|da dat)\b",
)
# The document itself: its number, its date, its signer.
ABOUT_PLAN: Final = _any(
    rf"^(?:\w+ ){{0,2}}ke hoach(?: chuyen doi so)?(?: nam \d+)? (?:cua|cap) (?:\w+ ){{1,4}}?(?:nam \d+ )?(?:la )?"
    rf"(?:so (?:{HOW_MUCH}|may|nao)|ban hanh)\b",
    r"^(?:\w+ )?(?:ke hoach|van ban|quyet dinh|nghi quyet|chi thi) (?:nay|chuyen doi so(?: nam \d+)?|do)?"
    r"(?: cua| \w+){0,10}? ?(?:co )?(?:la )?"
    r"(?:so|ban hanh|ky|do @who|@who|so hieu|ngay)\b",
    r"@who ky\b",
    r"\b(?:nguoi ky|ky ban hanh)\b",
    r"\bban hanh (?:ngay|khi|luc)\b",
)
PERIOD: Final = re.compile(r"\b20[1-4]\d (?:den |toi |- )?(?=20[1-4]\d\b)|\b20[1-4]\d-(?=20[1-4]\d\b)()")
YEARS: Final = re.compile(r"\b(20[1-4]\d)\b")
# The province's plan, asked by a commune.
OF_PROVINCE: Final = _any(
    r"\b(?:cua|toan|cap|o|trong|ke hoach|so voi) tinh\b(?! uy)",
    r"\btinh (?:dat|co|minh|ta|giao|yeu|la|thi|phan|phai|ban|de ra)\b",
    r"^tinh\b",
)
# The asker's own commune, named beside the province: "theo kế hoạch của tỉnh thì ở xã ai chủ trì?"
OF_OWN: Final = _any(r"\b(?:o|cua|cap|trong|tai|thi) (?:xa|phuong)\b(?! hoi)", r"\b(?:xa|phuong) (?:minh|ta|nha|nay)\b")
# The province's own document is asked for, not one that it sent.
PLAN_OF_PROVINCE: Final = _any(r"\bke hoach(?: chuyen doi so)?(?: nam \d+)? (?:cua|cap) tinh\b")
# A number for each year, month or place, which is no count of all.
PER: Final = _any(
    r"\b(?:cu|tren|moi) (?:1|mot|100|1000|1\.000|10000|10\.000|van|nghin|ngan)(?: van| nghin)? (?:dan|nguoi|ho)\b",
    r"\b(?:1|mot|moi|hang|tung|trung binh) (?:nam|thang|quy|tuan|xa|phuong|dich vu|don vi|nguoi|ho|thon)\b",
)
# Words of a question about reported figures that name no indicator.
OF_REPORTED: Final = re.compile(r"\b(?:bao cao|so lieu|ket qua|gan nhat|moi nhat|dat duoc|duoc roi)\b")
# "Cán bộ" begins like "cần", "dân số" like "đạt số": in these the word is of the thing that is counted.
COUNTED_ALL_THE_SAME: Final = frozenset({"can bo", "can cuoc", "co so", "cho dan", "o to", "nam hoc", "day tre"})
# What may follow "bao nhiêu" and is not counted by it.
NOT_COUNTED: Final = frozenset(
    re.split(
        r"\s+",
        "@tien a ad ban can chi cho co cua dat dau day de den dong duoc ha hay khi khong la lam minh moi mot nam nao "
        "nhi nhu o phai phan roi tai the thi tien tren trieu trong tu ty va vay ve voi",
    )
)
