from __future__ import annotations

import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests.server.asking import ask, ask_raw
from whosbehind import Workspace
from whosbehind.errors import Mistake
from whosbehind.server import Listening, Server, take
from whosbehind.server.door import names_of

TRAVERSALS = [
    b"/../../../../etc/passwd",
    b"/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    b"/assets/..%2f..%2f..%2fetc/passwd",
    b"/assets/%252e%252e/press.py",
    b"/assets/../press.py",
    b"//etc/passwd",
    b"/./etc/passwd",
    b"/..\\..\\etc\\passwd",
    b"/%00/etc/passwd",
    b"/organisations/amazon.html%00.css",
    b"/reconcile/view/../../../etc/passwd",
    b"/es/../../whosbehind/site/press.py",
    b"http://127.0.0.1/../etc/passwd",
    b"file:///etc/passwd",
    b"/\xc0\xae\xc0\xae/etc/passwd",
]


def test_pages_files_and_charts_are_served_as_what_they_are(server: Server) -> None:
    kinds = {
        "/": "text/html; charset=utf-8",
        "/es/organisations/": "text/html; charset=utf-8",
        "/organisations/amazon.html": "text/html; charset=utf-8",
        "/embed/organisations/amazon.chart.html": "text/html; charset=utf-8",
        "/data/rows/amazon/all.csv": "text/csv; charset=utf-8",
        "/charts/es/organisations/amazon.chart.svg": "image/svg+xml",
        "/charts/en/organisations/amazon.chart.png": "image/png",
        "/charts/en/systems/falcon.graph.png": "image/png",
        "/embed/systems/falcon.timeline.html": "text/html; charset=utf-8",
        "/charts/es/systems/falcon.timeline.png": "image/png",
        "/charts/en/map.graph.png": "image/png",
        "/assets/site.css": "text/css; charset=utf-8",
        "/search/index.js": "text/javascript; charset=utf-8",
    }
    answers = {path: ask(server, path) for path in kinds}
    assert {path: (each.status, each.headers["content-type"]) for path, each in answers.items()} == {
        path: (200, kind) for path, kind in kinds.items()
    }
    assert answers["/charts/en/organisations/amazon.chart.png"].body.startswith(b"\x89PNG")


def test_both_languages_are_spoken(server: Server) -> None:
    assert '<html lang="en">' in ask(server, "/organisations/amazon.html").text
    assert '<html lang="es">' in ask(server, "/es/organisations/amazon.html").text


@pytest.mark.parametrize("target", TRAVERSALS)
def test_no_path_leads_out_of_the_site(server: Server, target: bytes) -> None:
    answer = ask_raw(server, target)
    assert answer.split(b" ")[1] in (b"404", b"400")
    assert b"root:" not in answer
    assert b"import" not in answer


def test_what_is_not_there_is_said_in_the_language_with_links_from_the_top(server: Server) -> None:
    answer = ask(server, "/es/no/such/page.html")
    assert answer.status == 404
    assert '<html lang="es">' in answer.text
    assert 'href="/es/search.html"' in answer.text
    assert 'href="/assets/site.css"' in answer.text


def test_what_is_asked_for_does_not_come_back_in_the_answer(server: Server) -> None:
    assert "BROKEN" not in ask(server, "/%3Cscript%3EBROKEN%3C/script%3E").text


def test_a_folder_without_its_slash_leads_to_the_one_with(server: Server) -> None:
    answer = ask(server, "/es/organisations")
    assert (answer.status, answer.headers["location"]) == (308, "/es/organisations/")


def test_every_answer_comes_with_strict_headers(server: Server) -> None:
    for path in ("/", "/nowhere", "/assets/site.js", "/reconcile"):
        headers = ask(server, path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cache-control"] == "no-cache"
        assert "server" not in headers


def test_only_embed_forms_may_be_framed_elsewhere(server: Server) -> None:
    for path in ("/embed/organisations/amazon.chart.html", "/es/embed/organisations/amazon.chart.html"):
        headers = ask(server, path).headers
        assert "frame-ancestors *" in headers["content-security-policy"]
        assert "x-frame-options" not in headers
    assert ask(server, "/organisations/amazon.html").headers["x-frame-options"] == "DENY"


def test_a_chart_may_bring_its_colours_and_nothing_else(server: Server) -> None:
    policy = ask(server, "/charts/en/organisations/amazon.chart.svg").headers["content-security-policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", ""])
def test_a_borrowed_name_is_turned_away(server: Server, host: str) -> None:
    assert ask(server, "/", Host=host).status == 421
    assert ask(server, "/reconcile", Host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8017", "127.0.0.1:99", "[::1]:8017", "192.0.2.7"])
def test_own_names_and_bare_addresses_are_let_in(server: Server, host: str) -> None:
    assert ask(server, "/", Host=host).status == 200


def test_a_server_that_listens_everywhere_answers_to_the_name_of_its_machine() -> None:
    assert names_of("127.0.0.1") == {"127.0.0.1"}
    assert len(names_of("0.0.0.0")) > 1  # noqa: S104 - compared, not bound


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_pages_can_only_be_read(server: Server, method: str) -> None:
    answer = ask(server, "/", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_says_what_get_would_without_the_page(server: Server) -> None:
    asked, whole = ask(server, "/search.html", "HEAD"), ask(server, "/search.html")
    assert (asked.status, asked.body) == (200, b"")
    assert asked.headers["content-length"] == str(len(whole.body))


def test_what_a_browser_has_is_not_sent_again(server: Server) -> None:
    mark = ask(server, "/").headers["etag"]
    again = ask(server, "/", If_None_Match=mark)
    assert (again.status, again.body) == (304, b"")


def test_a_port_in_use_is_said_in_one_line(server: Server) -> None:
    port = int(server.url.rstrip("/").rpartition(":")[2])
    with pytest.raises(Mistake, match="cannot listen here"):
        take(Listening("127.0.0.1", port))


def test_the_command_says_where_it_answers_and_stops_at_the_first_interrupt(built: Workspace) -> None:
    command = [sys.executable, "-m", "whosbehind", "-w", str(built.paths.root), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        url = next(word for word in running.stdout.readline().split() if word.startswith("http://127.0.0.1:"))
        with urlopen(url + "search.html", timeout=60) as answer:  # noqa: S310 - the address is loopback's
            assert answer.status == 200
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
