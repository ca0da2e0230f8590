"""The parts of an advert are joined field by field."""

from jobscraper.archive.parts import from_json, join, to_json
from jobscraper.model.reading import RawAdvert

CARD = RawAdvert(source_ref="7", title="Planner", salary="£30,000", location="Leeds", labels={"card": "1"})
PAGE = RawAdvert(source_ref="7", title="Senior Planner", salary="£30,000 pro rata", hours="20", labels={"page": "2"})


def test_the_adverts_own_page_is_believed_over_its_card() -> None:
    joined = join([("page", PAGE), ("card", CARD)])
    assert (joined.title, joined.salary) == ("Senior Planner", "£30,000 pro rata")


def test_what_only_the_card_prints_is_kept() -> None:
    assert join([("card", CARD), ("page", PAGE)]).location == "Leeds"


def test_labels_of_all_parts_are_kept() -> None:
    assert join([("card", CARD), ("page", PAGE)]).labels == {"card": "1", "page": "2"}


def test_a_stored_part_is_read_back_as_it_was() -> None:
    raw = RawAdvert(source_ref="7", title="Môn", places=("Leeds", "York"), salary_structured={"value": {"value": 1}})
    assert from_json("7", to_json(raw)) == raw


def test_the_digest_changes_with_the_print_and_not_with_the_address() -> None:
    moved = RawAdvert(source_ref="7", url="https://elsewhere.example.org/7", title="Planner")
    same = RawAdvert(source_ref="7", url="https://example.org/7", title="Planner")
    other = RawAdvert(source_ref="7", url="https://example.org/7", title="Planner II")
    assert moved.digest == same.digest != other.digest
