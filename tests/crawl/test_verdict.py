"""How a run is judged: only what is whole is complete."""

import pytest

from jobscraper.quality.verdict import RunFacts, Verdict, verdict


@pytest.mark.parametrize(
    ("facts", "judged"),
    [
        (RunFacts(finished=True, pages=3, seen=47, listed=47), "complete"),
        (RunFacts(finished=True, pages=3, seen=47), "complete"),
        (RunFacts(finished=True, pages=3, seen=48, listed=47), "complete"),
        (RunFacts(finished=True, pages=3, seen=46, listed=47), "partial"),
        (RunFacts(finished=False, pages=3, seen=47, listed=47), "partial"),
        (RunFacts(finished=True, pages=2, seen=40, failures=("not_fetched",)), "partial"),
        (RunFacts(finished=True, pages=2, seen=40, failures=("unreadable",)), "partial"),
        (RunFacts(finished=True, pages=2, seen=40, failures=("forbidden_by_robots",)), "partial"),
        (RunFacts(finished=True, pages=9, seen=40, failures=("gone",)), "complete"),
        (RunFacts(finished=True, pages=9, seen=40, problems=2), "complete"),
        (RunFacts(finished=True, pages=9, seen=40, fields_lost=True), "broken"),
        (RunFacts(finished=True, pages=9, seen=40, failures=("endless_list",)), "partial"),
        (RunFacts(finished=True, pages=9, seen=40, failures=("endless_list",), listed=41), "partial"),
        (RunFacts(finished=True, pages=9, seen=40, failures=("endless_list",), listed=39), "partial"),
        (RunFacts(finished=True, pages=9, seen=40, failures=("endless_list",), listed=40), "complete"),
        (RunFacts(finished=True, pages=9, seen=40, failures=("last_page_again",)), "complete"),
        (RunFacts(finished=True, pages=9, seen=40, lost=1), "complete"),
        (RunFacts(finished=True, pages=9, seen=40, lost=2), "partial"),
        (RunFacts(finished=True, pages=5200, seen=5000, lost=25), "complete"),
        (RunFacts(finished=True, pages=5200, seen=5000, lost=100), "complete"),
        (RunFacts(finished=True, pages=5200, seen=5000, lost=101), "partial"),
        (RunFacts(finished=True, pages=5200, seen=5000, lost=250), "partial"),
        (RunFacts(finished=True, pages=5200, seen=5000, lost=25, failures=("unreadable",)), "partial"),
        (RunFacts(finished=False, pages=5200, seen=5000, lost=1), "partial"),
        (RunFacts(finished=True, pages=3, seen=249, listed=250), "complete"),
        (RunFacts(finished=True, pages=3, seen=245, listed=250), "complete"),
        (RunFacts(finished=True, pages=3, seen=244, listed=250), "partial"),
        (RunFacts(finished=True, pages=3, seen=104, listed=10_000), "partial"),
        (RunFacts(finished=True, pages=9, seen=0, lost=9), "broken"),
        (RunFacts(finished=True, pages=1, seen=0), "empty"),
        (RunFacts(finished=True, pages=1, seen=0, listed=0), "empty"),
        (RunFacts(finished=True, pages=1, seen=0, listed=100), "partial"),
        (RunFacts(finished=True, pages=9, seen=0, problems=9), "broken"),
        (RunFacts(finished=True, pages=1, seen=0, failures=("unreadable",)), "broken"),
        (RunFacts(finished=True, pages=0, seen=0, failures=("not_fetched",)), "broken"),
        (RunFacts(finished=True, pages=0, seen=0, failures=("gone",)), "broken"),
        (RunFacts(finished=True, pages=0, seen=0), "broken"),
        (RunFacts(finished=True, pages=0, seen=0, failures=("forbidden_by_robots",)), "blocked"),
        (RunFacts(finished=False, pages=2, seen=40, failures=("blocked",)), "blocked"),
    ],
)
def test_verdict(facts: RunFacts, judged: Verdict) -> None:
    assert verdict(facts) == judged
