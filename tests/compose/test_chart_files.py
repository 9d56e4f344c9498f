"""A chart's numbers as files: the same figures as everywhere else."""

from __future__ import annotations

from scorecard.compose.chart import Chart, IntervalRow
from scorecard.compose.exports import chart_table
from scorecard.compose.words import words_in
from scorecard.judge.finding import say

TEXT = say("Grade")


def test_efforts_have_the_decimals_that_the_api_gives_them_and_a_yardstick_its_own() -> None:
    row = IntervalRow("Acme", -100 / 3, -70.456, 3.789, reference=-12.25)
    chart = Chart("acme", "effort", TEXT, TEXT, TEXT, intervals=(row,), ends=(-100.0, 100.0))
    assert chart_table(chart, words_in("en"))[1] == [["Acme", -33.3, -70.5, 3.8, -12.25]]
