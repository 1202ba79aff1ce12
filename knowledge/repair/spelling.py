"""How a Vietnamese syllable is built: an onset ("ng") and a rime with its tone ("ười")."""

from __future__ import annotations

from functools import cache
from typing import Final

_CONSONANTS: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_ONSETS: Final = frozenset(("", *_CONSONANTS.split()))
_LONGEST_ONSET: Final = 3  # ngh

# Rimes without tone. Foreign syllables that merely look Vietnamese ("make", "online", "uong") have others.
_TONELESS_RIMES: Final = """
a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc
op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uên uênh uêch uêu uơ uôc uôi uôm uôn uông uôt uy uya uych
uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y ych yêm yên yêt yêu ynh yt
"""
_RIMES: Final = frozenset(_TONELESS_RIMES.split())

_LONGEST: Final = 7  # nghiêng
_TONED: Final = {
    "\u0300": "àằầèềìòồờùừỳ",
    "\u0301": "áắấéếíóốớúứý",
    "\u0303": "ãẵẫẽễĩõỗỡũữỹ",
    "\u0309": "ảẳẩẻểỉỏổởủửỷ",
    "\u0323": "ạặậẹệịọộợụựỵ",
}
_TONELESS: Final = str.maketrans({c: "aăâeêioôơuưy"[n] for toned in _TONED.values() for n, c in enumerate(toned)})
_TONE_LETTERS: Final = frozenset("".join(_TONED.values()))
# A syllable that ends in a stop bears one of two tones only.
_STOPPED: Final = ("c", "ch", "k", "p", "t")
_STOP_TONES: Final = frozenset(_TONED["\u0301"] + _TONED["\u0323"])


@cache
def split_syllable(syllable: str) -> tuple[str, str] | None:
    """("ng", "ười") for "người", ("", "ủy") for "ủy"; None for what no Vietnamese syllable looks like.

    ``syllable`` is NFC, lower case, with the older tone placement.
    """
    if len(syllable) > _LONGEST:
        return None
    toneless = syllable.translate(_TONELESS)
    for cut in range(min(_LONGEST_ONSET, len(syllable)), -1, -1):
        if toneless[cut:] in _RIMES and toneless[:cut] in _ONSETS:
            tones = [c for c in syllable if c in _TONE_LETTERS]
            if len(tones) > 1 or (toneless.endswith(_STOPPED) and not (tones and tones[0] in _STOP_TONES)):
                return None
            return syllable[:cut], syllable[cut:]
    return None
