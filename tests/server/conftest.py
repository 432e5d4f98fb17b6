"""A real server on loopback, with the site of the workspace that the site's tests use."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest

from tests.site.conftest import built, material  # noqa: F401 - fixtures
from whosbehind.server import Listening, Server, application, stock, take
from whosbehind.site.material import Material


@pytest.fixture(scope="session")
def server(material: Material) -> Iterator[Server]:  # noqa: F811 - the fixture
    taken = take(Listening("127.0.0.1", 0))
    running = Server(application(stock(material)), taken)
    thread = Thread(target=running.run)
    thread.start()
    yield running
    running.stop()
    thread.join()
    taken.close()
