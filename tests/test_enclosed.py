"""What of an expression is text that stands in its value whatever is filled in."""

from __future__ import annotations

import time

import pytest

from tfaudit.enclosed import text_of


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('"arn:aws:s3:::${var.name}/*"', "arn:aws:s3:::${var.name}/*"),
        ('"${var.a}${var.b}"', "${var.a}${var.b}"),
        ('"a-${lookup({ x = "}" }, "y")}-b"', 'a-${lookup({ x = "}" }, "y")}-b'),
        ('"a-${var.x ? "${var.y}-c" : "d"}"', 'a-${var.x ? "${var.y}-c" : "d"}'),
        ("arn:aws:s3:::${Name}/*", "arn:aws:s3:::${Name}/*"),
        # Everything else is code: of what stands in it nothing has to be in the value.
        ('var.all ? "*" : "arn:aws:s3:::${var.name}/*"', ""),
        ('"${var.a}" == "b" ? "*" : "c"', ""),
        ('trimprefix("x${var.name}", "x")', ""),
        ('substr("arn:${var.name}", 4, -1)', ""),
        ('"%{ if var.all }*%{ else }arn:${var.name}%{ endif }"', ""),
        ("Fn::Select [1, x-${Name}]", ""),
        ("<<EOT\narn:${var.name}\nEOT", ""),
        ("var.name", ""),
        ('"plain"', ""),
        ('"open-${var.name"', ""),
        ('"', ""),
        ("", ""),
    ],
)
def test_only_the_text_of_a_template_is_text(expression: str, text: str) -> None:
    assert text_of(expression) == text


@pytest.mark.parametrize("part", ["${", '${"', '"', "{", "\\", "%{", "${}", '${"${'])
def test_it_takes_no_more_than_linear_time(part: str) -> None:
    began = time.process_time()
    text_of('"' + part * 200_000 + '"')
    assert time.process_time() - began < 5
