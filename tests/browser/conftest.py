"""A real server on a copy of the demo company, and one browser window per role."""

import os
import pathlib
import socket
import subprocess
import time
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).parents[2]
DATABASE = "browser"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def get_options(port):
    return [
        f"--database={DATABASE}",
        f"--db-filter=^{DATABASE}$",
        f"--http-port={port}",
        f"--gevent-port={free_port()}",
        "--max-cron-threads=1",
    ]


def wait_for(url, process, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server stopped with exit code {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5)  # noqa: S310 loopback only
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"no answer from {url} after {seconds} s")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Start Odoo on a fresh copy of the demo company; yield its base URL.

    ``YEWU_BASE_URL`` names a server that runs already instead.
    """
    if url := os.environ.get("YEWU_BASE_URL"):
        yield url
        return
    subprocess.run([ROOT / "yewu", "db", DATABASE, "--demo"], check=True)
    port, log = free_port(), tmp_path_factory.mktemp("server") / "odoo.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [ROOT / "yewu", "odoo", "server", *get_options(port)],
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/web/login", process)
        yield url
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 slow import

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def as_role(server, chromium):
    """Return a function that opens a window for a role; console errors fail."""
    from .client import Client  # noqa: PLC0415

    clients = []

    def open_window(role, width=1440, height=900):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        client = Client(context.new_page(), server).login(role)
        clients.append(client)
        return client

    yield open_window
    errors = [error for client in clients for error in client.errors]
    for client in clients:
        client.page.context.close()
    assert not errors, errors
