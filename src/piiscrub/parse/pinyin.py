"""Chinese names in Latin letters: syllables of pinyin, surname and given name in either order and any case."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from piiscrub.reference.words import cue_words, surname_readings
from piiscrub.text.late import late

# All syllables of pinyin without tones; ü is written v, u or yu in documents.
SYLLABLES = frozenset(
    "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha chai"
    " chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo da"
    " dai dan dang dao de dei den deng di dian diao die ding diu dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen"
    " feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei"
    " hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai"
    " kan kang kao ke ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao"
    " lie lin ling liu lo long lou lu luan lun luo lv lve lyu lue ma mai man mang mao me mei men meng mi mian miao "
    "mie min ming miu mo"
    " mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nv nve nyu o ou pa pai"
    " pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun"
    " ran rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei"
    " shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng"
    " ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing"
    " xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng"
    " zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui"
    " zun zuo".split()
)
_MEMO = 20_000  # words of texts remembered; a text of random words must not grow it without end
_LAST = frozenset(syllable[-1] for syllable in SYLLABLES)
_PARTS = late("['’-]")
_TOKEN = late(r"[A-Za-zÀ-žǍ-ǜ']+(?:-[A-Za-zÀ-žǍ-ǜ']+)*")


class RomanName(NamedTuple):
    """A name read as pinyin. ``order`` tells which part stands first; ``doubt`` marks parts that are English words too."""

    surname: str
    given: str
    order: Literal["surname first", "given first"]
    doubt: bool


def plain(word: str) -> str:
    """Without tone marks and in small letters; ü becomes v.

    >>> plain("Lǚ"), plain("Zhāng")
    ('lv', 'zhang')
    """
    if word.isascii():
        return word.lower()
    word = word.replace("ü", "v").replace("Ü", "v")
    parts = unicodedata.normalize("NFD", word)
    if "\u0308" in parts:
        parts = re.sub("[uU]\u0308", "v", parts)
    return "".join(c for c in parts if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=_MEMO)
def syllables(word: str) -> int:
    """How many syllables of pinyin the letters make up, at most four; 0 if they do not.

    >>> syllables("xiaoming"), syllables("Smith"), syllables("Xi'an"), syllables("wei-guo")
    (2, 0, 2, 2)
    """
    letters = plain(word)
    pieces = [letters] if letters.isalpha() else _PARTS.split(letters)
    total = 0
    for piece in pieces:
        count = _count(piece)
        if not count:
            return 0
        total += count
    return total if total <= 4 else 0


def _count(letters: str) -> int:
    if not letters or len(letters) > 24 or letters[-1] not in _LAST:
        return 0
    best = {0: 0}
    for at in range(len(letters)):
        if at in best:
            for size in range(1, 7):
                if letters[at : at + size] in SYLLABLES and at + size <= len(letters):
                    best[at + size] = min(best.get(at + size, 99), best[at] + 1)
    return best.get(len(letters), 0)


@lru_cache(maxsize=_MEMO)
def is_surname(word: str) -> bool:
    """Whether the letters are the reading of a surname.

    >>> is_surname("OUYANG"), is_surname("Zhang"), is_surname("Smith")
    (True, True, False)
    """
    return plain(word).replace("'", "") in surname_readings()


def split(name: str) -> RomanName | None:
    """A romanised Chinese name taken apart; None if it is none.

    >>> split("ZHANG Xiaoming")
    RomanName(surname='ZHANG', given='Xiaoming', order='surname first', doubt=False)
    >>> split("San Zhang").order, split("Zhang, San").surname, split("John Smith")
    ('given first', 'Zhang', None)
    """
    words = _TOKEN.findall(name)
    if not 2 <= len(words) <= 4:
        return None
    front, back = is_surname(words[0]), is_surname(words[-1])
    if not (front or back):
        return None
    counts = [syllables(w) for w in words]
    if not all(counts) or (len(words) > 2 and sum(counts[1:]) != len(words) - 1 and sum(counts[:-1]) != len(words) - 1):
        return None
    given_last, given_first = sum(counts[1:]), sum(counts[:-1])
    doubt = all(plain(w) in cue_words("english") for w in words)
    first_upper, last_upper = words[0].isupper(), words[-1].isupper()
    prefers_back = back and ((last_upper and not first_upper) or (counts[0] == 2 and counts[-1] == 1 and not first_upper))
    if front and given_last <= 3 and not (prefers_back and "," not in name):
        return RomanName(words[0], " ".join(words[1:]), "surname first", doubt)
    if back and given_first <= 3 and "," not in name:
        return RomanName(words[-1], " ".join(words[:-1]), "given first", doubt)
    return None


@lru_cache(maxsize=_MEMO)
def apart(letters: str) -> str:
    """Surname and given name written together, set apart by a blank; "" if they cannot be told.

    >>> apart("zhangwei"), apart("xiulansun"), apart("support")
    ('zhang wei', 'xiulan sun', '')
    """
    if not 4 <= len(letters) <= 20 or not letters.isascii():
        return ""
    letters = letters.lower()
    for size in range(min(len(letters) - 1, 8), 1, -1):
        if letters[:size] in surname_readings() and 0 < syllables(letters[size:]) <= 2:
            return f"{letters[:size]} {letters[size:]}"
    for size in range(min(len(letters) - 1, 8), 1, -1):
        if letters[-size:] in surname_readings() and 0 < syllables(letters[:-size]) <= 2:
            return f"{letters[:-size]} {letters[-size:]}"
    return ""


def frequent(name: RomanName) -> bool:
    """Whether the reading belongs to a frequent surname."""
    return surname_readings().get(plain(name.surname), False)
