"""A real nginx with the configuration that is shipped, on ports and with a certificate of the test's own."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.settings import PROJECT_ROOT
from tests.support.running.tls import certificate_in

SHIPPED = PROJECT_ROOT / "deploy" / "nginx.conf"
NAME = "theodoi.laocai.example"
OUTSIDE = (443, 8443)
SECONDS = 20


def nginx() -> str | None:
    """Return the program, or None where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def configuration(folder: Path, ports: dict[int, int]) -> Path:
    """Write the shipped configuration with other ports, in a folder of its own."""
    certificate = certificate_in(folder, NAME)
    text = SHIPPED.read_text(encoding="utf-8")
    text = re.sub(r"/etc/ssl/dondoc/portal\.(pem|key)", str(certificate), text)
    text = text.replace("/run/nginx.pid", str(folder / "nginx.pid"))
    for shipped, free in ports.items():
        text = re.sub(rf"(listen |127\.0\.0\.1:){shipped}\b", rf"\g<1>{free}", text)
    # The workers of a root's nginx become another user, who may not enter a test's folder.
    own = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi"))
    text = text.replace("http {", f"http {{\n{own}", 1)
    path = folder / "nginx.conf"
    path.write_text("user root;\n" + text if Path.home() == Path("/root") else text, encoding="utf-8")
    return path


@contextmanager
def in_front(folder: Path, ports: dict[int, int]) -> Iterator[Path]:
    """Run nginx for the time of a block; give the certificate to trust."""
    program = nginx()
    assert program is not None
    path = configuration(folder, ports)
    options = ["-p", str(folder), "-c", str(path), "-e", str(folder / "error.log")]
    checked = subprocess.run([program, *options, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([program, *options, "-g", "daemon off;"])
    try:
        patience = time.monotonic() + SECONDS
        while not all(_answers(port) for shipped, port in ports.items() if shipped in OUTSIDE):
            assert process.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
            assert time.monotonic() < patience
            time.sleep(0.02)
        yield folder / "server.pem"
    finally:
        process.terminate()
        process.wait(SECONDS)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
