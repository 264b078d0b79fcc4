"""The lexer's tables: keywords, the master regular expression, and which tokens let a line go on (LANGUAGE §§1–2)."""

from __future__ import annotations

import re

KEYWORDS = frozenset(
    "fn let mut const struct enum class trait impl type use pub as match if elif else for in while loop break continue "
    "return and or not is true false self Self dyn where uses pure".split()
)

OPENERS = {"(": ")", "[": "]", "{": "}"}

MASTER = re.compile(
    r"""[ \t]*+(?:
      ((?!f")[^\W\d]\w*+)                                                          # 1 a name or keyword
    | (===|!==|\*\*=?|//=?|<<=?|>>=?|\.\.=?|->|=>|&&|\+\+|(?!/\*)(?:[-+*/%&|^=!<>]=|[-+*/%&|^~<>=.,?@!]))   # 2 an operator
    | ([(\[{])                                                                     # 3 an opening bracket
    | ([)\]}])                                                                     # 4 a closing bracket
    | (\r?\n)                                                                      # 5 the end of a line
    | (:)                                                                          # 6
    | (\"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+\"""|"(?!"")(?:[^"\\\r\n]++|\\[^\r\n])*+")      # 7 a whole string
    | ([0-9][0-9_]*+(?:\.[0-9][0-9_]*+)?(?:[eE][+-]?[0-9][0-9_]*+)?\w*+)           # 8 a number, perhaps a bad one
    | (\#[^\r\n]*+)                                                                # 9 a comment
    | (f\"""|f")                                                                   # 10 the start of an f-string
    | (;)                                                                          # 11
    | (\"""|"(?:[^"\\\r\n]++|\\[^\r\n])*+)                                           # 12 a string that does not end
    | ('(?:[^'\\\r\n]++|\\[^\r\n])*+'|.|\r)                                          # 13 what is no token
    )""",
    re.VERBOSE,
)
NAME, OPERATOR, OPEN, CLOSE, NEWLINE, COLON, STRING, NUMBER, COMMENT, FSTRING, SEMICOLON, OPEN_STRING, UNKNOWN = range(1, 14)

TUPLE_PART = re.compile(r"[0-9]+")
"""A number right after `.`: in `t.0.1` there is no `0.1`."""

INTEGER = re.compile(r"[0-9][0-9_]*|0x_*[0-9a-fA-F][0-9a-fA-F_]*|0b_*[01][01_]*|0o_*[0-7][0-7_]*")
FLOAT = re.compile(r"[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9][0-9_]*)?")

LINE = re.compile(r"([ \t]*+)(#[^\r\n]*+|//[^\r\n]*+)?(\r?\n)?")
"""What a line starts with: indentation, a comment, an end. A line with the last (or at the end of the text) is blank. No
statement starts with `//`, so that is a comment of another language."""

BLOCK_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?")
TRIPLE_SINGLE = re.compile(r"\'\'\'((?:[^\'\\]++|\\[\s\S]|\'(?!\'\'))*+)\'\'\'")
REST_OF_LINE = re.compile(r"[^\r\n]*+")

FTEXT = {
    '"': re.compile(r'(?:[^"\\{}\r\n]++|\\u\{[0-9a-fA-F_]*+\}|\\[^\r\n]|\{\{|\}\})*+'),
    '"""': re.compile(r'(?:[^"\\{}]++|\\u\{[0-9a-fA-F_]*+\}|\\[\s\S]|\{\{|\}\}|"(?!""))*+'),
}
"""The text of an f-string up to its next hole, its end, or a mistake."""

SPEC = re.compile(r"[^}\r\n]*+")

CONTINUING = frozenset(
    "= -> . + - * / // % ** & | ^ << >> == != < <= > >= .. ..= and or in is "
    "+= -= *= /= //= %= **= &= |= ^= <<= >>=".split()
)
"""A line that ends in one of these goes on in the next."""

TAKES_COLON = frozenset(("if", "elif", "else", "while", "for", "loop", "match"))
"""Keywords whose `:` is not the start of a format spec when they stand in a hole: `f"{if c: 1 else: 2:>5}"`."""

ITEM_LINE = re.compile(r"(?:pub\b|let\b|const\b|struct\b|class\b|enum\b|trait\b|impl\b|use\b|type\b|fn[ ]+\w)")
"""How a line starts that begins a statement of its own, whatever the line before lacks."""

DOCUMENTED = re.compile(r"pub\b|fn\b|struct\b|class\b|enum\b|trait\b|impl\b|const\b|type\b|pure\b|use\b|let\b|@|[A-Z]")
"""How the lines start that a doc comment can belong to."""

MEANT = {
    "'": "text stands in double quotes",
    "$": "text stands in double quotes; a hole in an f-string is `{name}`",
    "`": "names are written without quotes",
    "\\": "a line goes on inside brackets and after an operator, without a `\\`",
    "“": 'quotes are plain `"`',
    "”": 'quotes are plain `"`',
}
