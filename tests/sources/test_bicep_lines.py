"""Bicep read by lines says what it says read by single tokens, and leaves what is wrong to these."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from tfaudit.sources.bicep import statements as module
from tfaudit.sources.bicep.statements import Statement, Statements, statements
from tfaudit.sources.bicep.tokens import Malformed, tokens

pytestmark = pytest.mark.skipif(
    not str(module.__file__).endswith(".py"), reason="compiled statements are not compared"
)

WHOLE = r"""
targetScope = 'subscription'
@description('What it is called: \'it\'.')
@minLength(3)
param name string
@secure()
@sys.description('')
param password string = ''
param sizes int[]?
param list array = []
param choice 'a' | 'b' = 'a'
type shape = {
  @description('One.')
  name: string
  size: int?
  others: string[]
  'quoted-name': 'a' | 'b'?
  inner: {
    *: string
  }
}
var plain = name
var chosen = name == 'x' ? {
  a: 1
  'b-c': other.?value
} : {
  a: true
}
resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = if (true) {
  name: 'orders'
  tags: {}
  // a comment
  sku: { name: 'Standard_LRS' }
  properties: {
    text: '''
      key: value
    '''
    joined: '${name}-x'
    minimum: 12
    none: null
    going: name
      ?? 'x'
    list: [
      name
      'text'
      store.properties.primaryEndpoints.blob
    ]
    asked: name!
    called: toLower(name)
  }
  @batchSize(1)
  resource inside 'blobServices' = {
    name: 'default'
  }
}
module both './both.bicep' = [for each in list: {
  name: each
  params: {
    name: both::x
  }
}]
output id string = store.id
output ids array = [for each in list: each.id]
func twice(text string) string => '${text}${text}'
"""
FRAGMENTS = [
    *(
        "\n",
        "  a: b\n",
        "key: {\n",
        "}\n",
        "@secure()\n",
        "param x string\n",
        "? c",
        ": d\n",
        "[",
        "'",
        "${",
        "|",
    ),
    *(
        "output y int = 1\n",
        "@description('d')\n",
        "\\",
        "/*",
        "  'q': 1\n",
        "'''",
        "var z = q\n",
        ")",
        "(",
        "//",
        "=",
        "param goes\n  string = 'on'\n",
        "/* a */",
        "  ? c\n",
        "'\\\n'",
        "\r",
    ),
]


def plain(each: Statement) -> Statement:
    """Return a statement with its decorators by their names: nothing else of them counts."""
    names = tuple(replace(one, arguments=(), of=None, at=0) for one in each.decorators)
    return replace(each, decorators=names, inside=[plain(one) for one in each.inside])


def by_tokens(text: str) -> object:
    """Return what single tokens say."""
    try:
        found = tokens(text)
        reader = Statements(found)
        stated = reader.all()
    except Malformed as error:
        return error.because, error.at
    faults = [(each.because, each.at) for each in reader.faults]
    return [plain(each) for each in stated], faults, found.comments


def by_lines(text: str) -> object:
    """Return what is read."""
    try:
        stated, faults, comments = statements(text)
    except Malformed as error:
        return error.because, error.at
    return [plain(each) for each in stated], [(each.because, each.at) for each in faults], comments


def test_the_whole_language_reads_the_same() -> None:
    assert by_lines(WHOLE) == by_tokens(WHOLE)
    found = tokens(WHOLE, lines=True)
    assert len(found.kinds) < len(tokens(WHOLE).kinds)
    reader = Statements(found)
    reader.all()
    assert not reader.faults


@pytest.mark.parametrize("seed", range(20))
def test_what_is_broken_reads_the_same(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's
    for _ in range(40):
        text = WHOLE
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text))
            cut = chance.randint(0, 12)
            text = text[:at] + chance.choice(FRAGMENTS) + text[at + cut :]
        assert by_lines(text) == by_tokens(text)
