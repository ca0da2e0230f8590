"""TLS to boards that leave out a certificate of their chain: the missing one is added, and verification stays on.

northeastjobs.org.uk sends its own certificate without the intermediate that signed it. Browsers fetch that from somewhere;
we take it from a folder of PEM files. What is added there is no root: it only joins a chain that must end in a trusted one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from OpenSSL import SSL, crypto
from scrapy.crawler import Crawler
from twisted.internet.ssl import optionsForClientTLS
from zope.interface import implementer

from jobscraper.crawl.scrapy_private import ClientContextFactory, TrustRoot, certificate_options, trust_of_system
from jobscraper.model.errors import JobscraperError

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def certificates_in(folder: Path) -> list[crypto.X509]:
    """The certificates of the PEM files of a folder.

    :raises JobscraperError: there is no such folder, or a file holds no certificate.
    """
    if not folder.is_dir():
        raise JobscraperError(f"{folder}: no such folder; JOBSCRAPER_CERTIFICATES names one with PEM files")
    found: list[crypto.X509] = []
    for file in sorted(folder.glob("*.pem")):
        parts = _PEM.findall(file.read_bytes())
        try:
            found += [crypto.load_certificate(crypto.FILETYPE_PEM, part) for part in parts]
        except crypto.Error:
            parts = []
        if not parts:
            raise JobscraperError(f"{file}: no certificate in it; put one there in PEM form, or move it away")
    return found


@implementer(TrustRoot)
class CompletedTrust:
    """The roots that this machine trusts, and certificates to complete chains with."""

    def __init__(self, intermediates: Iterable[crypto.X509]) -> None:
        self.intermediates = list(intermediates)

    def _addCACertsToContext(self, context: SSL.Context) -> None:  # noqa: N802 - Twisted's interface
        trust_of_system(context)
        store = context.get_cert_store()
        assert store is not None
        for certificate in self.intermediates:
            store.add_cert(certificate)


class CompletedChains(ClientContextFactory):
    """Scrapy's context factory, with the certificates of the folder that the setting CERTIFICATES names."""

    intermediates: tuple[crypto.X509, ...] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's constructor.

        :raises JobscraperError: the folder or a file in it cannot be used.
        """
        factory = super().from_crawler(crawler, *args, **kwargs)
        folder = crawler.settings["CERTIFICATES"]
        factory.intermediates = tuple(certificates_in(Path(folder))) if folder else ()
        return factory

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 - Twisted's interface
        """What a connection to a host is made with; chains are verified in any case."""
        if not self.intermediates:
            return super().creatorForNetloc(hostname, port)
        return optionsForClientTLS(
            hostname=hostname.decode("ascii"),
            trustRoot=CompletedTrust(self.intermediates),  # type: ignore[arg-type]
            extraCertificateOptions=certificate_options(self),
        )
