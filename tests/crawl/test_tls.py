"""A board that leaves out an intermediate certificate is verified with the one that we have, or not crawled at all."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import attrs
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.crawl.board import entry, feed
from tests.crawl.conftest import ROOT

NOW = datetime.now(UTC)


@attrs.frozen
class Signed:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def sign(name: str, by: Signed | None, address: str | None = None, until: datetime = NOW + timedelta(days=1)) -> Signed:
    """A certificate of an authority, or of a server at `address`."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=2))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=address is None, path_length=None), critical=True)
    )
    if address:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        made = made.add_extension(names, critical=False)
    return Signed(made.sign(by.key if by else key, hashes.SHA256()), key)


ROOT_CA = sign("Root", None)
INTERMEDIATE = sign("Intermediate", ROOT_CA)


class Feed(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = feed([entry("job-1")]).body
        self.send_response(200 if self.path.startswith("/feed") else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def crawl_with(tmp_path: Path, command: Callable[..., list[str]]) -> Callable[..., dict[str, Any]]:
    """Crawl a board that sends only its own certificate, with a folder of certificates to complete the chain with."""
    (tmp_path / "root.crt").write_bytes(ROOT_CA.pem)
    (tmp_path / "certificates").mkdir()

    def run(leaf: Signed, *known: Signed) -> dict[str, Any]:
        key = leaf.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (tmp_path / "leaf.pem").write_bytes(leaf.pem + key)
        for number, certificate in enumerate(known):
            (tmp_path / "certificates" / f"{number}.pem").write_bytes(certificate.pem)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "leaf.pem")
        server = HTTPServer(("127.0.0.1", 0), Feed)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"https://127.0.0.1:{server.server_port}"
        done = subprocess.run(
            command(url, RETRY_TIMES=0, CERTIFICATES=tmp_path / "certificates"),
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={**os.environ, "SSL_CERT_FILE": str(tmp_path / "root.crt")},
        )
        server.shutdown()
        assert done.returncode == 0, done.stderr
        outcome: dict[str, Any] = json.loads(done.stdout)
        return outcome

    return run


LEAF = sign("Board", INTERMEDIATE, "127.0.0.1")


def test_with_the_missing_certificate_the_chain_is_whole(crawl_with: Callable[..., dict[str, Any]]) -> None:
    outcome = crawl_with(LEAF, INTERMEDIATE)
    assert (outcome["verdict"], outcome["adverts_seen"]) == ("complete", 1)


@pytest.mark.parametrize(
    ("leaf", "known"),
    [
        (LEAF, ()),
        (sign("Elsewhere", INTERMEDIATE, "127.0.0.2"), (INTERMEDIATE,)),
        (sign("Board", sign("Nobody", None), "127.0.0.1"), (INTERMEDIATE,)),
        (sign("Board", None, "127.0.0.1"), ()),
        (sign("Board", INTERMEDIATE, "127.0.0.1", NOW - timedelta(hours=1)), (INTERMEDIATE,)),
    ],
    ids=["the certificate is missing", "another host", "another authority", "signed by itself", "expired"],
)
def test_otherwise_nothing_is_fetched(
    leaf: Signed, known: tuple[Signed, ...], crawl_with: Callable[..., dict[str, Any]]
) -> None:
    outcome = crawl_with(leaf, *known)
    assert outcome["adverts_seen"] == 0
    assert outcome["verdict"] in ("blocked", "broken")
    assert "could not be fetched, so this host is not crawled now: no secure connection: " in outcome["trouble"]


def test_an_intermediate_is_no_root(crawl_with: Callable[..., dict[str, Any]]) -> None:
    stranger = sign("Intermediate of nobody", sign("Nobody", None))
    assert crawl_with(sign("Board", stranger, "127.0.0.1"), stranger)["adverts_seen"] == 0
