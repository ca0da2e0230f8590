"""Why a request got no answer, in words for the ledger."""

from __future__ import annotations

from OpenSSL import SSL
from scrapy.exceptions import DownloadCancelledError, ResponseDataLossError
from service_identity import VerificationError
from twisted.internet.error import ConnectionDone, ConnectionLost
from twisted.web.client import ResponseFailed


class HeadTooLongError(Exception):
    """The headers of an answer do not end in time."""


def in_words(error: BaseException | None) -> str:
    """What went wrong, in a line; of an error that others wrap, the innermost."""
    if isinstance(error, ResponseDataLossError):
        return "the answer breaks off, or is not as long as it says"
    if isinstance(error, DownloadCancelledError):
        return str(error) or "broken off: larger than DOWNLOAD_MAXSIZE"
    cause = error.__cause__ if error else None
    if isinstance(cause, ResponseFailed) and cause.reasons:
        return _of_connection(cause.reasons[-1].value)
    return str(error) or type(error).__name__


def _of_connection(cause: BaseException) -> str:
    if isinstance(cause, ConnectionDone | ConnectionLost):
        return "the connection was closed before there was an answer"
    if isinstance(cause, SSL.Error):
        return f"no secure connection: {', '.join(str(told[-1]) for told in cause.args[0])}"
    if isinstance(cause, VerificationError):
        return "no secure connection: the certificate is of another host"
    if isinstance(cause, HeadTooLongError):
        return str(cause)
    return f"the answer is not HTTP: {cause.args[0] if cause.args else type(cause).__name__}"
