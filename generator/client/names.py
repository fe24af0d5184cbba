"""Words of a document to Python identifiers and literals.

Nothing from a document becomes code but through this module: `snake`, `camel`, `upper`
make identifiers, `literal` makes literals. `assign` settles collisions so that a name
depends on its own element and on the fact of a collision, never on order.
"""

from __future__ import annotations

import hashlib
import keyword
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_LONGEST = 200  # bytes of a name: a module's is that of a file, and those end at 255
_REMEMBERED = 10_000  # names: a document says the same ones over and over
# Boundaries inside a word: fooBar, HTTPServer. Digits stay with what stands before them.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_DIGITS = re.compile(r"([0-9]+)")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_SYMBOLS = {"-": "MINUS", "+": "PLUS", "*": "STAR", "!": "NOT", "<": "LT", ">": "GT"}
_SYMBOLS |= {
    "=": "EQ",
    "%": "PERCENT",
    "$": "DOLLAR",
    "#": "HASH",
    "@": "AT",
    "&": "AND",
}
_SYMBOLS |= {"/": "SLASH", "|": "OR", "~": "TILDE", "^": "CARET", "?": "QUESTION"}
_SYMBOLS |= {".": "DOT", ",": "COMMA", ":": "COLON", "_": "UNDERSCORE", " ": "SPACE"}


def listing(name: str) -> tuple[Any, ...]:
    """Return by what a name is sorted in a list of names, as ruff and isort do it.

    Constants, classes, everything else; digits by the number that they are.
    """
    kind = 0 if len(name) > 1 and name.isupper() else 1 if name[0].isupper() else 2
    return kind, _natural(name)


def import_listing(name: str) -> tuple[Any, ...]:
    """Return by what a name is sorted among the names of one import: case comes last."""
    return listing(name)[0], _natural(name.lower()), _natural(name)


def _natural(text: str) -> list[Any]:
    parts: list[Any] = _DIGITS.split(text)
    # With a zero in front digits are compared as text, before all others.
    parts[1::2] = [(p[0] != "0", 0 if p[0] == "0" else int(p), p) for p in parts[1::2]]
    return parts


def words(text: str) -> list[str]:
    """Split text into the words of a name: `createSubAccount` is create, Sub, Account."""
    # One word by custom, two by its capitals.
    plain = unicodedata.normalize("NFKC", text).replace("OAuth", "Oauth")
    if plain.isascii():  # the same, faster
        parts = _ASCII_WORD.findall(plain)
    else:
        parts = "".join(c if _is_word(c) else " " for c in plain).split()
    return [word for part in parts for word in _HUMP.split(part) if word]


def _is_word(char: str) -> bool:
    return char.isalnum() and f"a{char}".isidentifier()


@lru_cache(_REMEMBERED)
def snake(text: str) -> str:
    """Return `create_sub_account`, empty if the text has no word."""
    return _safe("_".join(word.lower() for word in words(text)), "v")


@lru_cache(_REMEMBERED)
def camel(text: str) -> str:
    """Return `CreateSubAccount`; acronyms are words (`JwtApi`)."""
    joined = "".join(word[:1].upper() + word[1:].lower() for word in words(text))
    return _safe(joined, "V")


@lru_cache(_REMEMBERED)
def upper(text: str) -> str:
    """Return `CREATE_SUB_ACCOUNT`."""
    return _safe("_".join(word.upper() for word in words(text)), "V")


def _safe(name: str, front: str) -> str:
    """Return an identifier; a digit in front takes a letter: 24h is v24h or V24H."""
    if not name:
        return ""
    # Case mapping may leave NFKC.
    name = unicodedata.normalize("NFKC", name)
    if not name[0].isidentifier():
        name = f"{front}{name}"
    if len(name.encode()) > _LONGEST:
        name = f"{name[: _LONGEST // 4].rstrip('_')}_{digest(name)}"
    return keyword_safe(name)


@lru_cache(_REMEMBERED, typed=True)  # 1 is no true
def member(value: str | int) -> str:
    """Return the name of an enum member: `5m` is V5M, `-createdAt` MINUS_CREATED_AT."""
    text = str(value)
    if not text:
        return "EMPTY"
    sign = _SYMBOLS.get(text[0], "") if not text[0].isalnum() else ""
    rest = "_".join(word.upper() for word in words(text))
    if not rest:
        spelled = [_SYMBOLS[c] for c in text if c in _SYMBOLS]
        return "_".join(spelled) if len(spelled) == len(text) else f"V_{digest(text)}"
    if sign and sign not in ("UNDERSCORE", "SPACE"):
        return unicodedata.normalize("NFKC", f"{sign}_{rest}")
    name = unicodedata.normalize("NFKC", rest)
    return name if name[0].isidentifier() and name[0] != "_" else f"V{name}"


def cased_member(value: str | int) -> str:
    """Return a member's name with the case of its value spelled out."""
    text = str(value)
    letters = [c for c in text if c.isalpha()]
    if all(c.islower() for c in letters):
        return f"{member(value)}_LOWER"
    if all(c.isupper() for c in letters):
        return f"{member(value)}_UPPER"
    return f"{member(value)}_{'CAPITAL' if letters[0].isupper() else 'MIXED'}"


def digest(text: str) -> str:
    """Return four hex digits of an element's own hash: the last resort of a name."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:4]


def assign(candidates: Mapping[_Key, Sequence[str]]) -> dict[_Key, str]:
    """Choose one name for each element; of equal names all take their next candidate.

    Candidates go from short to specific. When an element has no further one, four hex
    digits of its key are appended.
    """
    level = dict.fromkeys(candidates, 0)
    while True:
        chosen = {
            key: _candidate(key, names, level[key]) for key, names in candidates.items()
        }
        groups: dict[str, list[_Key]] = defaultdict(list)
        for key, name in chosen.items():
            groups[name].append(key)
        colliding = [key for keys in groups.values() if len(keys) > 1 for key in keys]
        if not colliding:
            return chosen
        for key in colliding:
            level[key] += 1


def _candidate(key: Hashable, names: Sequence[str], level: int) -> str:
    usable = [name for name in dict.fromkeys(names) if name]
    if level < len(usable):
        return usable[level]
    # Longer digests, should even four digits collide.
    size = 4 * (level - len(usable) + 1)
    text = hashlib.sha256(str(key).encode("utf-8", "surrogatepass")).hexdigest()[:size]
    return f"{usable[0]}_{text}" if usable else f"v_{text}"


def string(text: str) -> str:
    """Return a double-quoted literal; what a reader cannot see is escaped."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    parts: list[str] = ['"']
    for char in text:
        if char in '"\\':
            parts.append(f"\\{char}")
        elif char == "\n":
            parts.append("\\n")
        elif char.isprintable():
            parts.append(char)
        else:
            parts.append(ascii(char)[1:-1])
    return "".join([*parts, '"'])


def raw_string(text: str) -> str:
    """Return a literal of text full of double quotes: in single ones, where it can be."""
    if "'" in text or "\\" in text or not text.isprintable():
        return string(text)
    return f"'{text}'"


def literal(value: Any) -> str:
    """Return a Python literal of JSON data."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        return f'float("{value}")'
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, dict):
        items = (f"{literal(str(k))}: {literal(v)}" for k, v in value.items())
        return "{" + ", ".join(items) + "}"
    return repr(value)


def tuple_of(parts: Sequence[str]) -> str:
    """Return the text of a tuple of expressions."""
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"


def exact(text: str) -> str:
    """Return an identifier as the document spells it, empty if it is none as it stands.

    Python reads identifiers in NFKC, where several spellings are one.
    """
    same = text.isidentifier() and unicodedata.normalize("NFKC", text) == text
    return text if same and len(text.encode()) <= _LONGEST else ""


def keyword_safe(name: str) -> str:
    """Return an identifier that is no keyword: one trailing underscore is added."""
    return f"{name}_" if keyword.iskeyword(name) else name
