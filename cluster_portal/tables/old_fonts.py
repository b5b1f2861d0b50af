"""Telling text typed for the fonts of before Unicode: TCVN3 (.VnTime) and VNI.

Such text holds Latin letters and signs that no Vietnamese word has ("Trém c¾p tµi
s¶n", "Troäm caép taøi saûn"); only the font makes them look right. Knows no Django.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

#: Signs that TCVN3 puts in the place of letters; inside a word they stand nowhere else.
_TCVN3 = re.compile(r"[A-Za-zÀ-ÿ][¡¢§¨©ª«¬®µ¶·¸¹»¼½¾]|[¡¢§¨©ª«¬®µ¶¸¹»¼½¾][A-Za-zÀ-ÿ]")
#: One of them inside a word, or two that begin it: a single such word is enough to tell.
_SURE = re.compile(r"[A-Za-zÀ-ÿ§®][¡¢§¨©ª«¬®µ¶¸¹»¼½¾][A-Za-zÀ-ÿ]")
#: Letters of Western Europe without a place in the Vietnamese alphabet.
_FOREIGN = re.compile("[ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]")
_WORD = re.compile(r"\S+")


def old_font(texts: Iterable[str]) -> str | None:
    """``"TCVN3"`` or ``"VNI"`` where most words with diacritics are typed for such a font."""
    written = Counter(word for text in texts if not text.isascii() for word in text.split() if not word.isascii())
    marked = [(unicodedata.normalize("NFC", word), count) for word, count in written.items()]
    tcvn3 = sum(count for word, count in marked if _TCVN3.search(word))
    odd = sum(count for word, count in marked if _TCVN3.search(word) or _FOREIGN.search(word))
    is_sure = odd >= 2 or any(_SURE.search(word) for word in written)
    if not is_sure or odd * 3 < sum(written.values()):
        return None
    return "TCVN3" if tcvn3 else "VNI"


def is_vietnamese(text: str) -> bool:
    """Whether nearly all words with diacritics could be Vietnamese ones."""
    marked = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    odd = [word for word in marked if _TCVN3.search(word) or _FOREIGN.search(word) or _is_torn(word)]
    return len(odd) * 10 <= len(marked)


def _is_torn(word: str) -> bool:
    return any(unicodedata.combining(char) or 0x80 <= ord(char) < 0xA0 for char in word)
