"""How starting pay spreads, and the scale on which it is drawn."""

from __future__ import annotations

import pytest

from jobscraper.publish.site.shared.spread import Scale, Spread, scale_of, spread_of


def spread(lower: int | None, median: int | None, upper: int | None) -> Spread:
    return Spread(label="", adverts=0, n=0, lower=lower, median=median, upper=upper)


def test_a_spread_counts_adverts_without_pay_and_ranks_the_others() -> None:
    found = spread_of("x", 4, [30000, 10000, 20000])
    assert (found.adverts, found.n, found.lower, found.median, found.upper) == (4, 3, 15000, 20000, 25000)


@pytest.mark.parametrize(("n", "few"), [(0, True), (9, True), (10, False)])
def test_few_adverts_say_little(n: int, few: bool) -> None:
    assert spread_of("x", n, [1] * n).is_few is few


def test_a_scale_holds_all_quartiles_between_round_amounts() -> None:
    scale = scale_of([spread(21000, 25000, 30000), spread(None, None, None), spread(28000, 33000, 41000)])
    assert scale == Scale(20000, 42000)
    assert scale.ticks == [20000, 25000, 30000, 35000, 40000]
    assert (scale.at(20000), scale.at(31000), scale.at(42000)) == (0.0, 50.0, 100.0)


def test_without_amounts_there_is_no_scale() -> None:
    assert scale_of([spread(None, None, None)]) is None
