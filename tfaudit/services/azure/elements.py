"""The elements of a list as parts of their own: rules, listeners, pools."""

from __future__ import annotations

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Unknown
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View


def elements(view: View, word: str) -> list[View]:
    """Return a view of each element of the list that the word `word` is.

    A list that is not known has one element of which nothing is known: what is declared must not disappear.
    """
    found = view.rows(word)
    match found:
        case Absent():
            return []
        case Unknown(path=path):
            return [view.at(path[len(view.base) :]).spelled(view.table[word].rows or {})]
        case _:
            return [each for each in found if _is_part(each)]


def element_name(view: View, word: str, index: int) -> str:
    """Return what the address of an element is: the last step of the word's path, but for the first with its number."""
    path = next(iter(view.paths(word)), word)
    last = path.rpartition(".")[2]
    return f"{last}[{index}]" if index else last


def _is_part(element: View) -> bool:
    """Whether it is a block, or stands in a list of them: a lone number or text is none."""
    listed = bool(element.base) and isinstance(element.base[-1], int)
    return listed or isinstance(element.body, (dict, Unresolved, Reference))
