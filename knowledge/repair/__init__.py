"""Vietnamese words out of damaged text: scans read with an English model, and typing without diacritics.

>>> repair_text("Ty 1é phu song 5G trén dia ban").text
'Tỷ lệ phủ sóng 5G trên địa bàn'
>>> restore_diacritics("chi tieu 5g bao nhieu")
'chỉ tiêu 5g bao nhiêu'
>>> fold("Chuyén d6i s6")
'chuyen doi so'
"""

from knowledge.repair.channel import repair_lines, repair_text, understood_lines
from knowledge.repair.damage import Damage, damage_of, has_dotted_letters, is_damaged
from knowledge.repair.diacritics import restore_diacritics
from knowledge.repair.fold import fold, strip_marks
from knowledge.repair.tone import old_tone
from knowledge.repair.words import DOUBTFUL, RepairedText, RepairedWord

__all__ = [
    "DOUBTFUL",
    "Damage",
    "RepairedText",
    "RepairedWord",
    "damage_of",
    "fold",
    "has_dotted_letters",
    "is_damaged",
    "old_tone",
    "repair_lines",
    "repair_text",
    "restore_diacritics",
    "strip_marks",
    "understood_lines",
]
