"""What a question is about: its words without what makes it a question.

"Cho em hỏi xã mình phủ sóng 5G phải đạt bao nhiêu phần trăm vậy?" is about "phủ sóng 5G". The lists know how Vietnamese
questions are put; what they leave is compared with the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from knowledge.repair.fold import strip_marks
from knowledge.repair.tone import old_tone
from retrieval.terms import syllables


def _list(words: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in words.split(","))


# With diacritics, because "tử" of "điện tử" is no "từ"; phrases of several syllables are also known bare.
_SCAFFOLDING: Final = _list(
    """
ad, ai, anh, biết, bạn, bằng, bị, chiếc, cho, chung, chưa, chị, coi, cài, các, cái, còn, có, cùng, cũng, cả, cần,
của, do, dùng, dưới, em, email, giao, giờ, gì, gồm, gửi, hay, hen, hiện, hoặc, hãy, hơn, hạn, hả, hết, họ, hỏi, khi,
khoảng, khác, không, kia, lo, luôn, là, làm, lên, lấy, lần, lắp, mà, mình, mấy, mỗi, một, mới, mức, ngày, nha,
nhiều, nhé, như, nhất, nhằm, nhỉ, nhờ, những, ntn, nào, này, nên, nói, năm, nếu, nộp, nữa, phường, phải, qua, ra,
riêng, rằng, rồi, sẽ, ta, theo, thì, thôi, thế, tiền, trong, trên, trước, tôi, tại, tốn, tổng, tới, từ, từng, việc,
vs, và, vào, vẫn, vẫy, vậy, về, với, xem, xin, xong, xuống, xã, à, ít, đang, đi, đâu, đã, đó, được, đạt, đấy, đặt,
đến, đều, để, ơi, ạ, ở, ad ơi, ban hành, ban nào, bao giờ, bao gồm, bao lâu, bao nhiêu, bây giờ, bên nào, cho biết,
cho hỏi, chỉ tiêu, chủ trì, cài đặt, các phòng, cơ quan, cả phường, cả tỉnh, bằng nhau, so sánh, cao hơn, thấp hơn,
giống nhau, khác nhau, hơn kém, bao nhiêu điểm, cảm ơn, xin cảm ơn, cám ơn, làm phiền, của tỉnh, tỉnh ta, tỉnh này,
trong tỉnh, tỉnh thì, tỉnh đặt, tỉnh phấn đấu, tỉnh là, tỉnh có, phòng nào lo, ai lo, đơn vị nào lo, bên nào lo, sở
nào lo, cơ quan nào lo, toàn tỉnh, toàn xã, toàn phường, cả xã, cần đạt, cụ thể, giao cho, giúp mình, giúp tôi, gần
nhất, hiện nay, hiện tại, hạn nào, khi nào, kênh nào, kế hoạch, loại nào, là ai, là gì, là sao, làm gì, làm ơn, lúc
mấy, lúc nào, mới nhất, mục tiêu, ngành nào, ngày mấy, ngày nào, người nào, người ta, nhà nào, như nào, những gì,
năm nay, phòng ban, phòng nào, phường mình, phường ta, phải đạt, phấn đấu, phần trăm, phụ trách, quy định, quý nào,
ra sao, so với, số mấy, số nào, sở nào, sử dụng, tham gia, tháng nào, tháng này, thế nào, thời hạn, thực hiện, triển
khai, trước ngày, tại sao, tất cả, tỉnh mình, tối thiểu, tối đa, tổ nào, tổng cộng, tổng số, v ad, vì sao, xin hỏi,
xã mình, xã nhà, xã ta, yêu cầu, ít nhất, đâu rồi, đơn vị, được giao, đạt được, đảm nhiệm, đảm nhận, đầy đủ, đặt
mức, đặt ra, đến nay, địa bàn, địa phương, ạ nhỉ, ở đâu, bao nhiêu tiền, bộ phận nào, cho em hỏi, cho mình hỏi, cho
mình xin, cho tôi hỏi, cho tôi xin, chịu trách nhiệm, cơ quan nào, hãy cho biết, kế hoạch này, làm việc với, ngày
tháng năm, như thế nào, phòng ban nào, số bao nhiêu, số điện thoại, trên địa bàn, văn bản này, xin cho biết, đơn vị
nào, đặt mục tiêu, để làm gì, địa bàn phường, địa bàn xã, địa phương mình, bao nhiêu phần trăm, thì sao, thì thế
nào, làm sao, chiếm, muốn, hạn chót, chốt, nội dung gì, nội dung nào, nhiệm vụ gì, nhiệm vụ nào, việc gì, việc nào,
công việc gì, công việc nào, hình thức gì, hình thức nào, chỗ nào, nơi nào, cách nào, cách gì, lĩnh vực nào, biện
pháp gì, biện pháp nào, giải pháp gì, giải pháp nào, đối tượng nào, nguồn nào, từ đâu, kể tên, liệt kê, nêu rõ, tên
gì, trường hợp nào, mặt nào, điểm nào, đúng không, phải không, hay chưa, được chưa, hay không, có không, nghe nói,
bữa nay, dạo này, kỳ này, đợt này, mấy cái, vài, nhắc, cho xin, nhắc lại, giải thích, nói rõ, bao xa, rốt
cuộc, ước đạt, ước chiếm, ước tính, ước, đưa vô, đưa vào, vô, cái nào, đứng ra, gom, xong thì, gom lại, so với bây
giờ, dựa theo, căn cứ vào, căn cứ theo, mỗi bên, cả thảy, hết thảy, lẫn, các cấp nào, cấp nào, loại gì, kiểu gì, lên
bao nhiêu, thêm, chính xác, đại khái, với lại, chừng, tầm, được mấy, kế hoạch, chừng nào, hồi nào, rồi báo cáo lên,
lên cho, xài, tỉnh giao, xã giao, cấp trên giao, được ưu tiên, bao lâu một lần, bao lâu 1 lần, đem ra, gắn, tính
tới, bắt đầu, đứng đầu là, của mình, xong trong, hoàn thành trong, gặp
"""
)
# Words of the subject that begin or end like scaffolding.
_WHOLE: Final = _list(
    """
mục tiêu chung, mục tiêu tổng, mục tiêu cụ, tổng quát, cụ thể, ban chỉ đạo, chi tiền, cho vay, chung cư, chung tay,
con người, cá thể, còn lại, có thể, cùng cấp, cần thiết, cụ thể hóa, dùng chung, giúp việc, hạn chế, hợp nhất, khác
biệt, làm chủ, làm giàu, làm sạch, lấy ý kiến, mất an toàn, một cửa, một lần, một phần, mới nhất, mức đầu tư, mức
độ, nhiều nguồn, phường hội, phần mềm, quá hạn, ra soát, số hóa, thi đua, thống nhất, thời gian, tiền lương, tiền
mặt, toàn dân, toàn trình, trong nước, trung tâm, trước hạn, tập thể, tổ công nghệ, tổng hợp, tổng kết, tổng thể, từ
xa, văn bản, xã hội, yêu cầu cấp, đi lại, đúng hạn, đến hạn, để lại, đổi mới
"""
)
# The same as they are typed bare, where restoring their diacritics goes wrong.
_WHOLE_BARE: Final = frozenset({"ba con", "huong dan", "nong san", "giao ban", "giao dich", "thuong xuyen"})
_BARE: Final = frozenset(strip_marks(phrase) for phrase in _SCAFFOLDING if " " in phrase)
_LONGEST: Final = max(len(phrase.split()) for phrase in _SCAFFOLDING)
_PIECE: Final = re.compile(r"[^\W_]+(?:[/.,&-][^\W_]+)*", re.UNICODE)


def content(written: str, names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """What is left of the question once its scaffolding, the years and the authorities' names are gone, in runs."""
    text = _SPAN_OF_TIME.sub("|", written)
    text = re.sub(r"(?i)\bnăm 20\d\d\b|\bnam 20\d\d\b|\b20\d\d\b", "|", text)
    text = _without_names(text, names)
    runs: list[tuple[str, ...]] = []
    for part in re.split(r"[|;:?!,()\n]", text):
        pieces = [(m.start(), m.end(), m.group().lower()) for m in _PIECE.finditer(part)]
        begin: int | None = None
        at = end = 0
        while at < len(pieces):
            whole = next((n for n in (3, 2) if at + n <= len(pieces) and _whole(pieces[at : at + n])), 0)
            if whole:
                begin = pieces[at][0] if begin is None else begin
                at += whole
                end = pieces[at - 1][1]
                continue
            step = next(
                (n for n in range(min(_LONGEST, len(pieces) - at), 0, -1) if _idle(part, pieces[at : at + n])), 0
            )
            if step and begin is not None:
                runs.append(tuple(syllables(part[begin:end], question=True)))
                begin = None
            elif not step and begin is None:
                begin = pieces[at][0]
            end = pieces[at + max(step, 1) - 1][1]
            at += max(step, 1)
        if begin is not None:
            runs.append(tuple(syllables(part[begin:end], question=True)))
    return _telling(runs)


# "Nửa cuối năm", "6 tháng đầu": when, not what.
_SPAN_OF_TIME: Final = re.compile(
    r"(?i)\b(?:hồi |trong |vào |của )?(?:nửa|nua|6 tháng|6 thang|sáu tháng)(?: năm| nam)?"
    r" (?:cuối|cuoi|đầu|dau)(?: năm| nam)?\b"
)
# What stands before a place's name that is typed in small letters.
_OF: Final = r"(?:của|cua|ở|tại|tai|về|bên)\s+"


def _without_names(text: str, names: Iterable[str]) -> str:
    """``text`` without the authorities' names: they say whose plan is meant.

    A name alone counts as it is written, or behind "của": "công nghệ an toàn" does not name Nghệ An.
    """
    lower = text.casefold()
    for name in sorted(names, key=len, reverse=True):
        for spelled in _spellings(name):
            if spelled.casefold() not in lower:  # a province has hundreds of names; a pattern for each would be slow
                continue
            exact = re.escape(spelled)
            if name[:1].isupper() and not name.startswith("UBND"):
                text = re.sub(rf"\b{exact}\b|\b(?i:{_OF}{exact})\b", "|", text)
            else:
                text = re.sub(rf"(?i)\b{exact}\b", "|", text)
            lower = text.casefold()
    return text


@lru_cache(maxsize=1 << 12)
def _spellings(name: str) -> tuple[str, ...]:
    """A name as people type it: with its marks, and without, in capitals as in small letters."""
    bare = "".join(c if not c.isalpha() else strip_marks(c).upper() if c.isupper() else strip_marks(c) for c in name)
    return tuple(dict.fromkeys(spelled for spelled in (old_tone(name), name, bare) if spelled))


# When something happens is checked by its year; "6 tháng cuối" rarely stands in the sentence that answers.
_WHEN_ONLY: Final = re.compile(
    r"(?:(?:hoi|nua|dot|sang|vao) )*(?:\d+|thang|tuan|ngay|cuoi|dau|giua|dip|gan)"
    r"(?: (?:\d+|thang|tuan|ngay|cuoi|dau|giua))*|hoi|nua|sang"
)
# What every plan of this kind is about tells nothing about a place in it.
_TOPIC: Final = ("chuyen", "doi", "so")


def _telling(runs: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The runs that tell places apart; all of them where none does."""
    whole = [run for run in runs if run]
    telling = [run for run in whole if run != _TOPIC and not _WHEN_ONLY.fullmatch(" ".join(run))]
    return tuple(telling or whole)


def _phrase(pieces: list[tuple[int, int, str]]) -> str:
    return " ".join(piece for _, _, piece in pieces)


def _whole(pieces: list[tuple[int, int, str]]) -> bool:
    phrase = _phrase(pieces)
    return phrase in _WHOLE or strip_marks(phrase) in _WHOLE_BARE


def _idle(part: str, pieces: list[tuple[int, int, str]]) -> bool:
    phrase = _phrase(pieces)
    if phrase == "ai" and part[pieces[0][0] : pieces[0][1]].isupper():
        return False
    return phrase in _SCAFFOLDING or (len(pieces) > 1 and strip_marks(phrase) in _BARE)
