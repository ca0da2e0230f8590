"""`update-registers` against a publisher on this machine: the whole set is swapped in, or nothing is written."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

from jobscraper import __version__
from jobscraper.cli.main import main
from jobscraper.model.errors import JobscraperError
from jobscraper.registers.fetch import FetchError, fetch
from jobscraper.registers.official import LISTS, OfficialList
from jobscraper.registers.update import update
from jobscraper.registers.user_tables import current_set

from .conftest import Publisher, trusts

TODAY = date(2026, 11, 23)
quick = partial(fetch, seconds=5.0)


def nhs(url: str) -> OfficialList:
    return attrs.evolve(LISTS["nhs"], urls=(url,), known=10)


def everything(folder: Path) -> dict[str, bytes]:
    """All that is in the user's folder: to see that nothing was written."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def table(folder: Path, name: str) -> list[str]:
    chosen = current_set(folder)
    assert chosen is not None
    return (chosen / f"{name}.csv").read_text(encoding="utf-8").splitlines()


def test_the_command_says_what_it_fetched_and_what_changed(publisher: Publisher, tmp_path: Path) -> None:
    url = publisher.publish("/ods", trusts(240))
    arguments = ["update-registers", "--only", "nhs", "--dir", str(tmp_path / "new"), "--url", f"nhs={url}"]
    first = CliRunner().invoke(main, arguments)
    assert first.output.splitlines()[0] == "nhs: 240 NHS trusts and boards; 240 new, 0 changed, 0 gone"
    publisher.publish("/ods", trusts(239, Name="RENAMED NHS TRUST"))
    again = CliRunner().invoke(main, arguments)
    assert again.output.splitlines()[0] == "nhs: 239 NHS trusts and boards; 0 new, 239 changed, 1 gone"
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert publisher.asked[0] == ("/ods", f"jobscraper/{__version__} (update-registers)")
    assert table(tmp_path / "new", "nhs")[1] == "ods:X000,Renamed NHS Trust,nhs_trust,,,,,,,ods,"


def _elsewhere(publisher: Publisher) -> str:
    return publisher.publish("/list", b"", 302, Location="http://localhost:1/portal")


FAILURES: dict[str, Any] = {
    "answered 500": lambda p: p.publish("/list", b"broken", 500),
    "answered 404": lambda p: p.url + "/nothing",
    "was cut off after": lambda p: p.publish("/list", b'{"Organisations": [', Content_Length="5000"),
    "redirects to another host": _elsewhere,
    "a list smaller than 90 %": lambda p: p.publish("/list", trusts(100)),
    "without OrgId": lambda p: p.publish("/list", {"Organisations": [{"Code": "RBV"}]}),
    "not the list of": lambda p: p.publish("/list", b"<html>We are down for maintenance</html>"),
}


@pytest.mark.parametrize("said", FAILURES)
def test_a_failure_is_one_line_and_writes_nothing(said: str, publisher: Publisher, tmp_path: Path) -> None:
    arguments = ["update-registers", "--only", "nhs", "--dir", str(tmp_path)]
    good = CliRunner().invoke(main, [*arguments, "--url", f"nhs={publisher.publish('/ods', trusts(240))}"])
    assert good.exit_code == 0
    before = everything(tmp_path)
    failed = CliRunner().invoke(main, [*arguments, "--url", f"nhs={FAILURES[said](publisher)}"])
    assert failed.exit_code == 1
    assert said in failed.stderr
    assert len(failed.stderr.splitlines()) == 1
    assert everything(tmp_path) == before


def test_nothing_listens(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(FetchError, match="cannot be read"):
        update(tmp_path, [nhs(url)], quick, TODAY)
    assert everything(tmp_path) == {}


def test_one_bad_list_spoils_the_set(publisher: Publisher, tmp_path: Path) -> None:
    good, bad = nhs(publisher.publish("/ods", trusts(20))), attrs.evolve(LISTS["govuk"], urls=(publisher.url + "/no",))
    with pytest.raises(JobscraperError):
        update(tmp_path, [good, bad], quick, TODAY)
    assert everything(tmp_path) == {}


def test_the_last_list_of_the_user_is_the_measure(publisher: Publisher, tmp_path: Path) -> None:
    update(tmp_path, [nhs(publisher.publish("/ods", trusts(20)))], quick, TODAY)
    with pytest.raises(JobscraperError, match="17 NHS trusts and boards, the last list had 20"):
        update(tmp_path, [nhs(publisher.publish("/ods", trusts(17)))], quick, TODAY)
    update(tmp_path, [nhs(publisher.publish("/ods", trusts(18)))], quick, TODAY)


@pytest.mark.parametrize("step", ["csv.DictWriter", "os.replace"])
def test_an_interruption_half_way_leaves_the_old_set(
    step: str, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = [nhs(publisher.publish("/ods", trusts(20)))]
    update(tmp_path, lists, quick, TODAY)
    before = everything(tmp_path)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(step, interrupted)
    publisher.publish("/ods", trusts(30))
    with pytest.raises(KeyboardInterrupt):
        update(tmp_path, lists, quick, TODAY)
    assert everything(tmp_path) == before


def test_other_tables_stay_and_sets_before_the_last_go(publisher: Publisher, tmp_path: Path) -> None:
    lads = {"features": [{"attributes": {"LAD27CD": "E06000067", "LAD27NM": "East Surrey"}}]}
    authorities = attrs.evolve(LISTS["authorities"], urls=(publisher.publish("/lads", lads),), known=1)
    update(tmp_path, [authorities], quick, TODAY)
    for count in (20, 21, 22):
        update(tmp_path, [nhs(publisher.publish("/ods", trusts(count)))], quick, TODAY)
    assert len(table(tmp_path, "nhs")) == 23
    assert len(table(tmp_path, "authorities")) == 2
    assert len(list(tmp_path.glob("set-*"))) == 2


def test_pages_are_followed_on_their_own_host_only(publisher: Publisher, tmp_path: Path) -> None:
    def page(slug: str, following: str | None) -> dict[str, object]:
        entry = {"title": slug.title(), "format": "Executive agency", "details": {"slug": slug}}
        return {"results": [entry], "next_page_url": following}

    first = publisher.publish("/api?page=1", page("one", "/api?page=2"))
    publisher.publish("/api?page=2", page("two", None))
    govuk = attrs.evolve(LISTS["govuk"], urls=(first,), known=2)
    update(tmp_path, [govuk], quick, TODAY)
    assert [line.split(",")[0] for line in table(tmp_path, "govuk")[1:]] == ["govuk:one", "govuk:two"]
    publisher.publish("/api?page=1", page("one", "http://elsewhere.example/api?page=2"))
    with pytest.raises(JobscraperError, match="another host"):
        update(tmp_path, [govuk], quick, TODAY)
    publisher.publish("/api?page=1", page("one", "/api?page=1"))
    with pytest.raises(JobscraperError, match="more than 500 pages"):
        update(tmp_path, [govuk], lambda url: publisher.answers[url.removeprefix(publisher.url)][2], TODAY)


def test_a_file_a_day_is_looked_for_backwards(publisher: Publisher, tmp_path: Path) -> None:
    csv = b"Group UID,Group ID,Group Name,UKPRN,Group Type,Closed Date\r\n7,TR1,T,,Multi-academy trust,\r\n"
    publisher.publish("/groups20261121.csv", csv)
    dated = attrs.evolve(LISTS["trusts"], urls=(publisher.url + "/groups{date}.csv",), known=1)
    update(tmp_path, [dated], quick, TODAY)
    assert [path for path, _ in publisher.asked] == [f"/groups2026112{day}.csv" for day in (3, 2, 1)]


def test_a_body_is_bounded_and_a_silent_host_is_left(publisher: Publisher) -> None:
    url = publisher.publish("/large", b"x" * 2000)
    with pytest.raises(FetchError, match="larger than 1,000 bytes"):
        fetch(url, largest=1000)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Thread(target=silent.accept, daemon=True).start()
        with pytest.raises(FetchError, match="cannot be read"):
            fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", seconds=0.2)
    with pytest.raises(FetchError, match="not an address of the web"):
        fetch("file:///etc/hostname")


def test_wrong_usage_names_the_lists(tmp_path: Path) -> None:
    for arguments in (["--only", "pubs"], ["--url", "pubs=http://127.0.0.1/"], ["--url", "nhs"]):
        wrong = CliRunner().invoke(main, ["update-registers", "--dir", str(tmp_path), *arguments])
        assert wrong.exit_code == 2
        assert "authorities" in wrong.stderr


ASK = """
import json, pathlib, sys
from jobscraper.model.reading import RawAdvert
from jobscraper.normalise.advert import normalise
from jobscraper.normalise.version import normaliser_version
from jobscraper.registers import user_tables
from jobscraper.registers.places import area
user_tables.use(pathlib.Path(sys.argv[1]))
raws = [RawAdvert(source_ref="1", employer="A School", labels={"hiringOrganization.identifier": "106271"}),
        RawAdvert(source_ref="2", employer="East Surrey Council"), RawAdvert(source_ref="3", employer="Leeds City Council"),
        RawAdvert(source_ref="4", employer="A School", labels={"UKPRN": "10076543"})]
print(json.dumps([normaliser_version(), *([a.employer.employer_id, a.employer.employer_name]
      for a in map(normalise, raws)), area("E06000967") is not None]))
"""


def _ask(folder: Path) -> list[Any]:
    done = subprocess.run([sys.executable, "-c", ASK, str(folder)], capture_output=True, text=True, check=True)
    answers: list[Any] = json.loads(done.stdout)
    return answers


def test_what_was_fetched_is_read_beside_the_bundled_tables(publisher: Publisher, tmp_path: Path) -> None:
    before = _ask(tmp_path)
    school = (
        b"URN,EstablishmentName,TypeOfEstablishment (name),OpenDate,CloseDate,UKPRN,GOR (name),DistrictAdministrative (code)\r\n"
        b"106270,The Closed School,Community school,,31-08-2010,10076543,North West,E08000007\r\n"
        b"106271,The Official Name,Community school,,,10076543,North West,E08000007\r\n"
    )
    lads = [("E06000967", "East Surrey"), ("E08000035", "Leeds")]
    features = [{"attributes": {"LAD27CD": code, "LAD27NM": name}} for code, name in lads]
    lists = [
        attrs.evolve(LISTS["schools"], urls=(publisher.publish("/schools", school),), known=1),
        attrs.evolve(LISTS["authorities"], urls=(publisher.publish("/lads", {"features": features}),), known=2),
    ]
    update(tmp_path, lists, quick, TODAY)
    after = _ask(tmp_path)
    assert before[1:] == [
        ["urn:106271", "A School"],
        ["unresolved:east surrey council", "East Surrey Council"],
        ["gss:E08000035", "Leeds City Council"],
        ["ukprn:10076543", "A School"],
        False,
    ]
    assert after[1:] == [
        ["urn:106271", "The Official Name"],
        ["gss:E06000967", "East Surrey Council"],
        ["gss:E08000035", "Leeds City Council"],
        ["urn:106271", "The Official Name"],
        True,
    ]
    assert before[0] != after[0]
    assert _ask(tmp_path)[0] == after[0]
