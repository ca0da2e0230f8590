"""How values look: links that cannot harm, money, dates, and text that cannot pretend to be other text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from jobscraper.model.columns import ADDRESSES, CODED, MONEY
from jobscraper.publish.site.shared.hooks import hook

_UK = ZoneInfo("Europe/London")
_WEB_COLUMNS = frozenset({*ADDRESSES, "homepage", "licence_url"})
_CODED = CODED | frozenset("kind kind_of_employer contract pattern cause verdict state".split())
_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
_WEB = re.compile(r"https?://[^\s\x00-\x20]+", re.IGNORECASE)
# Embeddings, overrides and isolates make text read otherwise than it is: `exe.png` for `gnp.exe`.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LONGEST_LINK = 60


@hook
def render_cell(row: Any, value: object, column: str, table: str | None, database: str, datasette: Any) -> object:
    """Render links, money and employers; None leaves the rest to Datasette, which escapes it."""
    if isinstance(value, str) and web_address(value):
        # A title may be an address too; only columns that hold addresses get a link.
        return _link(value) if table is None or column in _WEB_COLUMNS else value
    if column in MONEY and isinstance(value, int | float):
        return money(value, _of(row, "salary_currency"))
    if column == "employer_text" and value and (employer := _of(row, "employer_id")):
        return Markup('<a href="{}/{}">{}</a>').format(
            datasette.urls.table(database, "employer"), tilde_encode(str(employer)), value
        )
    return None


def visible(value: Any) -> Any:
    """Text with every character that would reorder its neighbours replaced by a sign; markup stays markup."""
    if isinstance(value, Markup):
        return Markup(_REORDERING.sub("\N{REPLACEMENT CHARACTER}", str(value)))
    return _REORDERING.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def web_address(value: str | None) -> str | None:
    """The address if it is one that a reader may follow, http or https; else None."""
    stripped = (value or "").strip()
    return stripped if _WEB.fullmatch(stripped) else None


def money(amount: float, currency: str | None) -> str:
    """`£34,203`, `€41,200`, `SEK 41,200`, `34,203` where the currency is not known; pence only where there are some."""
    digits = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    if not currency:
        return digits
    return f"{_SYMBOLS[currency]}{digits}" if currency in _SYMBOLS else f"{currency} {digits}"


def pay(row: Mapping[str, Any]) -> str:
    """The annual pay of an advert as a range; empty where it is not known."""
    low, high = _of(row, "salary_annual_min"), _of(row, "salary_annual_max")
    currency = _of(row, "salary_currency")
    if low is None and high is None:
        return ""
    if high is None:
        return f"from {money(low, currency)}"
    if low is None:
        return f"up to {money(high, currency)}"
    return money(low, currency) if low == high else f"{money(low, currency)} to {money(high, currency)}"


def standing(row: Mapping[str, Any]) -> str:
    """How an advert stood when the archive last saw anything: `open`, how it ended, or `closing date passed`.

    The last is one that no crawl of its source has ended yet. The reader's own clock says nothing of it.
    """
    status = str(_of(row, "status"))
    if status != "live":
        return status
    return "open" if _of(row, "open") else "closing date passed"


def day(value: str | None) -> str:
    """A date or instant as a day in the UK, `1 Dec 2026`."""
    if not value:
        return ""
    try:
        when = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value).astimezone(_UK)
    except ValueError:
        return value
    return f"{when.day} {when:%b %Y}"


def whole_day(value: str) -> str:
    """The day of an instant in the UK with the name of its month, `1 December 2026`."""
    when = datetime.fromisoformat(value).astimezone(_UK)
    return f"{when.day} {when:%B %Y}"


def moment(value: str | None) -> str:
    """An instant as day and time in the UK, `1 Dec 2026, 17:00`."""
    if not value or len(value) == 10:
        return day(value)
    try:
        return f"{day(value)}, {datetime.fromisoformat(value).astimezone(_UK):%H:%M}"
    except ValueError:
        return value


_ACRONYMS = {"nhs": "NHS", "ngo": "NGO", "uk": "UK"}
# Codes that are no words of a reader.
_SAID = {"unresolved": "Kind not known", "retained": "On-call firefighter"}


def words(value: str | None) -> str:
    """A value of a controlled list as a reader would say it: `fixed_term` is `Fixed term`, `nhs_trust` is `NHS trust`."""
    if value in _SAID:
        return _SAID[value]
    first, *others = (value or "").split("_")
    said = [_ACRONYMS.get(first, first.capitalize()), *(_ACRONYMS.get(one, one) for one in others)]
    return " ".join(said)


_SCALES = {
    "AfC": "Agenda for Change",
    "NJC": "NJC",
    "SNCT": "Teachers, Scotland (SNCT)",
    "civil_service": "Civil service",
    "police": "Police constables",
    "teachers_ew": "Teachers, England and Wales",
}
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]{8,}(?:Z|[+-]\d\d:\d\d))?")


def label(value: str | None) -> str:
    """A code as a reader would say it, a pay scale with its point too: `teachers_ew U1` is `Teachers, England and Wales U1`.

    `police` alone is a kind of employer. What is no code, such as `London`, stays as it is.
    """
    code, _, point = (value or "").partition(" ")
    if point and code in _SCALES:
        return f"{scale(code)} {point}"
    return words(value) if _CODE.fullmatch(value or "") else value or ""


def scale(code: str) -> str:
    """A pay scale as a reader would say it: `AfC` is `Agenda for Change`."""
    return _SCALES.get(code, code)


def shown(value: Any, column: str) -> Any:
    """A value of a column among words: instants in UK time, amounts with their separators, codes by their labels."""
    if column in MONEY and _is_number(value):
        return money(float(value), None)
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    if _INSTANT.fullmatch(value):
        return moment(value)
    if column == "pay_scale":
        return scale(value)
    return words(value) if column == "working_pattern" else label(value) if column in _CODED else value


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def bytes_in_words(size: int) -> str:
    """The size of a file, `2.4 MB`."""
    units = ("bytes", "kB", "MB", "GB")
    power = min(len(units) - 1, max(0, (len(str(int(size))) - 1) // 3))
    return f"{size:,} bytes" if power == 0 else f"{size / 1000**power:.3g} {units[power]}"


def _link(address: str) -> Markup:
    shown = address if len(address) <= _LONGEST_LINK else address[: _LONGEST_LINK - 1] + "…"
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(address.strip(), escape(shown))


def _of(row: Any, column: str) -> Any:
    """A value of a row that may not have the column; Datasette wraps the values of foreign keys."""
    try:
        value = row[column]
    except (LookupError, TypeError):
        return None
    return value["value"] if isinstance(value, dict) else value
