"""Row 23: a certificate that is not to be trusted, refused before any header is sent."""

from __future__ import annotations

import inspect
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
import trustme

from generator.runtime import _connection, _network, _options, _transport
from generator.runtime.errors import NotSentError

from .support import FLAVORS, HEALTHY, KINDS, SHARING, calling


class TlsServer:
    """Accepts over TLS and answers each request healthily; keeps what it received."""

    def __init__(self, certificate: trustme.LeafCert) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(self._context)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._socket.getsockname()[1]}"
        self.received = b""
        self.connections = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            with suppress(OSError), connection:
                connection.settimeout(2)
                with self._context.wrap_socket(connection, server_side=True) as tls:
                    self._answer(tls)

    def _answer(self, tls: ssl.SSLSocket) -> None:
        while data := tls.recv(65_536):
            self.received += data
            if data.endswith(b"}"):
                body = str(HEALTHY).replace("'", '"').encode()
                head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
                tls.sendall(head + body)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@contextmanager
def tls_server(certificate: trustme.LeafCert) -> Iterator[TlsServer]:
    server = TlsServer(certificate)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def bundle(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tls") / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return file


@KINDS
@FLAVORS
def test_row_23_trusted(
    flavor: str, kind: str, authority: trustme.CA, bundle: Path
) -> None:
    with tls_server(authority.issue_cert("localhost")) as server:
        trusting = {"ca_bundle": str(bundle)}
        with calling(flavor, server.url, **trusting, **SHARING) as caller:
            assert caller.call(kind) == HEALTHY
            assert caller.call(kind) == HEALTHY
        assert server.connections == 1
    assert server.received.count(b"POST ") == 2


@KINDS
@FLAVORS
@pytest.mark.parametrize("fault", ["host", "expired", "unknown"])
def test_row_23_refused(
    flavor: str, kind: str, fault: str, authority: trustme.CA, bundle: Path
) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificate = {
        "host": lambda: authority.issue_cert("other.example"),
        "expired": lambda: authority.issue_cert("localhost", not_after=yesterday),
        "unknown": lambda: trustme.CA().issue_cert("localhost"),
    }[fault]()
    with tls_server(certificate) as server:
        with calling(flavor, server.url, ca_bundle=str(bundle)) as caller:
            error = caller.outcome(kind)
        assert isinstance(error, NotSentError), repr(error)
        assert "certificate verify failed" in str(error)
        assert str(error).endswith("its certificate is not one to trust")
        assert error.is_final
        assert server.connections == 1  # calling again would not help
    assert server.received == b""


@KINDS
@FLAVORS
def test_row_23_the_usual_authorities_do_not_know_it(
    flavor: str, kind: str, authority: trustme.CA
) -> None:
    with (
        tls_server(authority.issue_cert("localhost")) as server,
        calling(flavor, server.url) as caller,
    ):
        assert isinstance(caller.outcome(kind), NotSentError)
    assert server.received == b""


def test_row_23_the_environment_adds_no_authority(
    authority: trustme.CA, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with (
        tls_server(authority.issue_cert("localhost")) as server,
        calling("sync", server.url) as caller,
    ):
        assert isinstance(caller.outcome("write"), NotSentError)
    assert server.received == b""


def test_row_23_there_is_no_switch() -> None:
    for name in _options.Options.__struct_fields__:
        assert "verify" not in name and "insecure" not in name
    for module in (_connection, _network, _options, _transport):
        text = inspect.getsource(module)
        for word in ("CERT_NONE", "verify=False", "check_hostname", "_unverified"):
            assert word not in text


@KINDS
@FLAVORS
def test_row_20_surplus_bytes_over_tls(
    flavor: str, kind: str, authority: trustme.CA, bundle: Path
) -> None:
    class Surplus(TlsServer):
        def _answer(self, tls: ssl.SSLSocket) -> None:
            while data := tls.recv(65_536):
                self.received += data
                if data.endswith(b"}"):
                    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                    tls.sendall(answer)
                    tls.sendall(answer)  # a record of its own

    server = Surplus(authority.issue_cert("localhost"))
    trusting = {"ca_bundle": str(bundle)}
    with calling(flavor, server.url, **trusting, **SHARING) as caller:
        for _ in range(3):
            assert caller.call(kind) == {}
            sleep(0.05)  # the surplus arrives before the next call begins
    server.close()
    assert server.received.count(b"POST ") == 3
    assert server.connections == 3
