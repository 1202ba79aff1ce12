"""How a Vietnamese syllable is built: an onset ("ng") and a rime with its tone ("ười")."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

_ONSETS: Final = tuple(
    sorted("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(), key=len, reverse=True)
)

# Rimes without tone. Foreign syllables that merely look Vietnamese ("make", "online", "uong") have others.
_RIMES: Final = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uên uênh uêch uêu uơ uôc uôi uôm uôn uông uôt uy uya uych
    uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y ych yêm yên yêt yêu ynh yt
    """.split()
)

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED: Final = ("c", "ch", "k", "p", "t")
_STOP_TONES: Final = frozenset("\u0301\u0323")


@cache
def split_syllable(syllable: str) -> tuple[str, str] | None:
    """("ng", "ười") for "người", ("", "ủy") for "ủy"; None for what no Vietnamese syllable looks like.

    ``syllable`` is NFC, lower case, with the older tone placement.
    """
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = [c for c in decomposed if c in _TONES]
    toneless = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    if len(tones) > 1 or len(toneless) != len(syllable):
        return None
    for onset in (*_ONSETS, ""):
        rime = toneless[len(onset) :]
        if toneless.startswith(onset) and rime in _RIMES:
            if rime.endswith(_STOPPED) and not (tones and tones[0] in _STOP_TONES):
                return None
            return onset, syllable[len(onset) :]
    return None
