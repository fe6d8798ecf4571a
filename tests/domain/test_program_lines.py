"""The locator: on which line a key stands."""

import tomllib

import pytest

from domain.programs.locate import lines_of
from tests.domain.program_files import WHOLE

INVOLVED = '''\
# [a comment]
top = 1
"quoted key" = { inner = "}", list = [1, { deep = "]" }] } # key = 2
dotted . "a.b".c = """
[not.a.table]
x = 1
\\""" # still text """
literal = \'\'\'
''it's [here]''\'\'\'
when = 1979-05-27 07:32:00
many = [ # comment ]
    "one, two",

    [3, 4], # five
    { six = 6 },
]
[[item]]
name = "first"
[item.sub]
x = 1
[[item]]
name = "second"
[[item.part]]
y = 1
[[item.part]]
y = 2
[ spaced . out ]
z = true
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("quoted key", "inner"), 3),
        (("quoted key", "list", 1, "deep"), 3),
        (("dotted", "a.b", "c"), 4),
        (("literal",), 8),
        (("when",), 10),
        (("many",), 11),
        (("many", 0), 12),
        (("many", 1), 14),
        (("many", 1, 1), 14),
        (("many", 2, "six"), 15),
        (("item", 0), 17),
        (("item", 0, "name"), 18),
        (("item", 0, "sub", "x"), 20),
        (("item", 1), 21),
        (("item", 1, "part", 0, "y"), 24),
        (("item", 1, "part", 1), 25),
        (("item", 1, "part", 1, "y"), 26),
        (("spaced", "out", "z"), 28),
    ],
)
def test_the_line_of_a_key_is_found_in_an_involved_file(
    path: tuple[str | int, ...], line: int
) -> None:
    assert lines_of(INVOLVED)[path] == line


def paths_of(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    children: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    here = [path] if path else []
    return here + [found for key, child in children for found in paths_of(child, (*path, key))]


@pytest.mark.parametrize("text", [INVOLVED, WHOLE])
def test_no_path_is_without_a_line(text: str) -> None:
    assert sorted(map(repr, paths_of(tomllib.loads(text)))) == sorted(map(repr, lines_of(text)))
