"""Certificates, proxies and passwords: whom it trusts, and what it takes from nobody."""

from __future__ import annotations

import ssl
from pathlib import Path

import trustme

from tests.support.host import Host, serving
from tests.support.pages import page

from .support import pull


def test_https_and_whom_it_trusts(folder: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    with serving(context) as host:
        host.pages["/a.md"] = page("buyBread").encode()
        done = pull(folder, f"{host.url}/a.md")
        assert done.code == 2
        assert "error[connection]: the certificate is not valid" in done.err
        assert host.asked == []
        done = pull(folder, f"{host.url}/a.md", SSL_CERT_FILE=str(folder / "ca.pem"))
        assert done.code == 0, done.err


def test_no_proxy_and_no_netrc(host: Host, folder: Path) -> None:
    (folder / ".netrc").write_text("machine 127.0.0.1 login me password s3cret\n")
    proxies = dict.fromkeys(("http_proxy", "HTTP_PROXY", "ALL_PROXY"), "http://[::1]:9")
    done = pull(folder, f"{host.url}/api/a.md", HOME=str(folder), **proxies)
    assert done.code == 0, done.err
    assert "authorization" not in host.headers[0]
