"""Adding: pasted and uploaded articles, how far it is, stopping it, and what becomes of each."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.web.conftest import OURS, Stub

from tocsin.errors import ResourceError
from tocsin.model.document import Document
from tocsin.model.reading import Reading
from tocsin.web.pages.adding import safe_name

STORY = (
    "Ruritania razed the old bridge of Graustark today. The minister said that the road to the "
    "harbour was closed, and that nobody had been hurt when the soldiers came over the river."
)


def wait(client: TestClient, address: str) -> dict[str, Any]:
    """The job at the end."""
    until = time.monotonic() + 10
    while True:
        job: dict[str, Any] = client.get(f"{address}.json").json()
        if job["state"] in ("done", "stopped", "failed") or time.monotonic() > until:
            return job
        time.sleep(0.01)


def sent(client: TestClient, **form: Any) -> dict[str, Any]:
    """What becomes of what a form sends."""
    answer = client.post("/add", **form)
    assert answer.status_code == 303, answer.text
    return wait(client, answer.headers["location"])


def uploaded(client: TestClient, *files: tuple[str, bytes], **data: str) -> dict[str, Any]:
    return sent(client, files=[("files", one) for one in files], data=data)


def test_a_text_is_pasted_coded_and_linked(writer: TestClient) -> None:
    form = {"text": STORY, "title": "Bridge razed", "outlet": "Courier", "published": "2020-07-01",
            "url": "https://example.org/b"}  # fmt: skip
    job = sent(writer, data=form)
    assert (job["state"], job["what"], job["events"], job["linked"], job["counts"]) == (
        "done", "Bridge razed", 1, 1, {"coded": 1},
    )  # fmt: skip
    (one,) = job["outcomes"]
    article = writer.get(f"/articles/{one['document']}.json").json()
    assert (article["text"], article["outlet"], article["published"], article["url"]) == (
        STORY, "Courier", "2020-07-01", "https://example.org/b",
    )  # fmt: skip
    page = writer.get(f"/add/{job['id']}").text
    assert f'href="/articles/{one["document"]}"' in page
    assert "data-pending" not in page
    assert "Bridge razed" in writer.get("/add").text
    assert sent(writer, data=form)["counts"] == {"known": 1}


def test_a_text_comes_as_json(writer: TestClient) -> None:
    answer = writer.post("/articles.json", json={"text": STORY, "published": "2020-07-01"})
    assert answer.status_code == 202
    assert wait(writer, f"/add/{answer.json()['id']}")["counts"] == {"coded": 1}
    assert writer.get("/search.json", params={"words": "harbour"}).json()["place"]["total"] == 1


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "there is nothing to add"),
        ({"text": "  \r\n "}, "there is nothing to add"),
        ({"text": STORY, "published": "yesterday"}, "'yesterday' is not a day"),
        ({"text": STORY, "published": "2020-02-30"}, "is not a day such as 2020-06-16"),
        ({"text": STORY, "url": "javascript:alert(1)"}, "is no address such as"),
        ({"text": STORY, "url": "https:///x"}, "is no address such as"),
        ({"text": STORY, "title": "x" * 1001}, "title: string should have at most 1000"),
    ],
)
def test_what_cannot_be_added_is_told(reader: TestClient, form: dict[str, str], words: str) -> None:
    answer = reader.post("/add", data=form, headers=OURS | {"Accept": "application/json"})
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert "<ul" not in reader.get("/add").text


def test_files_of_many_kinds_are_read_and_a_broken_one_is_set_aside(writer: TestClient) -> None:
    lines = "\n".join(
        json.dumps({"text": STORY.replace("old bridge", name), "title": name})
        for name in ("mill of Zenda", "harbour of Strelsau")
    )
    job = uploaded(
        writer,
        ("a.txt", STORY.encode()),
        ("b.jsonl.gz", gzip.compress(lines.encode())),
        ("broken.jsonl", b'{"text": "half'),
        ("c.zip", zipped({"d.txt": STORY.replace("bridge", "school of Hofbau")})),
        ("e.gz", b"no gzip at all"),
        published="2020-07-01",
    )
    assert job["state"] == "done"
    assert job["counts"] == {"coded": 4, "set aside": 2}
    paths = {one["path"]: one for one in job["outcomes"]}
    assert not [path for path in paths if path.startswith("/")]
    assert paths["broken.jsonl"]["reason"]
    assert paths["broken.jsonl"]["document"] is None
    coded = next(one for one in job["outcomes"] if one["path"] == "a.txt")
    assert writer.get(f"/articles/{coded['document']}.json").json()["published"] == "2020-07-01"


def test_of_files_only_what_names_those_meant_is_coded(writer: TestClient) -> None:
    job = uploaded(
        writer,
        ("seoul.txt", b"Seoul warned Pyongyang on Tuesday."),
        ("oslo.txt", b"Norway sent aid to Iceland on Tuesday."),
        ("beirut.txt", b"Hezbollah fired rockets at Israel on Tuesday."),
        about="south korea , Hezbollah,",
    )
    told = {one["path"]: (one["outcome"], one["reason"]) for one in job["outcomes"]}
    assert told["seoul.txt"][0] == told["beirut.txt"][0] == "coded"
    assert told["oslo.txt"] == ("passed over", "names none of South Korea, Hezbollah")
    page = writer.get(f"/add/{job['id']}").text
    assert page.count('<th scope="row"><a href="/articles/') == 2
    assert '<th scope="row">oslo.txt</th>' in page


@pytest.mark.parametrize("about", ["Nobody At All", "src", "."])
def test_whom_nobody_knows_none_can_be_about(reader: TestClient, about: str) -> None:
    answer = reader.post(
        "/add", data={"about": about}, files=[("files", ("a.txt", b"Seoul warned Pyongyang."))],
        headers=OURS | {"Accept": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 400
    assert f"nobody is known as '{about}'" in answer.json()["detail"]


def zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def tarred(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, text in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(text.encode())
            archive.addfile(about, io.BytesIO(text.encode()))
    return out.getvalue()


@pytest.mark.parametrize("name", ["../../evil.txt", "/tmp/evil-tocsin.txt", "..\\evil.txt"])
def test_names_of_files_lead_nowhere(writer: TestClient, name: str) -> None:
    job = uploaded(writer, (name, STORY.encode()))
    assert job["outcomes"][0]["path"] == name.replace("\\", "/").rpartition("/")[2]
    for kind, make in (("zip", zipped), ("tar", tarred)):
        assert uploaded(writer, (f"x.{kind}", make({name: STORY})))["state"] == "done"
    assert not Path("/tmp/evil-tocsin.txt").exists()
    assert not Path("../evil.txt").exists()


def test_files_of_one_name_are_all_read(writer: TestClient) -> None:
    things = ("bridge", "mill", "school", "harbour")
    names = ("2-a.txt", "a.txt", "a.txt", "A.TXT")
    job = uploaded(
        writer,
        *((name, STORY.replace("old bridge", f"{thing} of Hofbau {n}").encode())
          for n, (name, thing) in enumerate(zip(names, things, strict=True))),
    )  # fmt: skip
    assert len(job["outcomes"]) == 4
    assert len({one["path"].casefold() for one in job["outcomes"]}) == 4


def test_too_many_files_are_refused(writer: TestClient) -> None:
    files = [("files", (f"{n}.txt", b"x")) for n in range(201)]
    answer = writer.post("/add", files=files)
    assert answer.status_code == 400
    assert "201 files at once; 200 are taken" in answer.text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.txt", "a.txt"),
        ("C:\\news\\b.jsonl.gz", "b.jsonl.gz"),
        ("../..", "file-3"),
        ("", "file-3"),
        (".hidden", "hidden"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("<script>.html", "_script_.html"),
        ("報" * 300 + ".txt", "報" * 38 + ".txt"),
    ],
)
def test_a_name_is_kept_as_far_as_file_systems_mind(name: str, kept: str) -> None:
    assert safe_name(name, 3) == kept


@given(st.text(max_size=400))
def test_no_name_leads_elsewhere_or_is_too_long(name: str) -> None:
    kept = safe_name(name, 0)
    assert 0 < len(kept.encode()) <= 120
    assert "/" not in kept
    assert "\\" not in kept
    assert kept.isprintable()
    assert kept.strip(". ") == kept


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A coder that waits with the second article until it is let go."""
    let, seen = threading.Event(), threading.Event()
    read = Stub.read
    count = 0

    def waiting(self: Stub, document: Document) -> Reading:
        nonlocal count
        count += 1
        if count == 2:
            seen.set()
            let.wait(10)
        return read(self, document)

    monkeypatch.setattr(Stub, "read", waiting)

    def go() -> None:
        let.set()

    go.seen = seen  # type: ignore[attr-defined]
    return go


def three() -> list[tuple[str, tuple[str, bytes]]]:
    return [
        ("files", (f"{n}.txt", STORY.replace("old bridge", f"{thing} of Hofbau").encode()))
        for n, thing in enumerate(("mill", "school", "harbour"))
    ]


def test_one_sees_how_far_it_is_and_may_stop_it(writer: TestClient, held: Any) -> None:
    address = writer.post("/add", files=three()).headers["location"]
    assert held.seen.wait(5)
    job = writer.get(f"{address}.json").json()
    assert (job["state"], job["stage"], job["done"], job["whole"]) == ("working", "coding", 1, 3)
    page = writer.get(address).text
    assert "<progress" in page
    assert 'max="3" value="1"' in page
    waiting = writer.post("/articles.json", json={"text": STORY}).json()
    assert waiting["state"] == "waiting"
    assert writer.get("/incidents.json").status_code == 200
    stopped = writer.post(f"{address}/stop")
    assert (stopped.status_code, stopped.headers["location"]) == (303, address)
    held()
    job = wait(writer, address)
    assert (job["state"], job["counts"], job["linked"]) == ("stopped", {"coded": 2}, 2)
    assert wait(writer, f"/add/{waiting['id']}")["state"] == "done"
    assert writer.post("/add/none/stop").status_code == 404


def test_who_decides_while_articles_are_added_gets_in_between(
    writer: TestClient, held: Any
) -> None:
    one = writer.get("/incidents.json").json()["incidents"][0]
    address = writer.post("/add", files=three()).headers["location"]
    assert held.seen.wait(5)
    threading.Timer(0.2, held).start()
    said = {"action": "relabel", "who": "ana", "ids": [one["id"]], "status": "denied"}
    answer = writer.post("/decisions.json", json=said)
    assert answer.status_code == 201, answer.text
    now = writer.get(f"/incidents/{one['id']}.json").json()
    assert now["status"] == "denied"
    job = wait(writer, address)
    assert (job["state"], job["counts"], job["linked"]) == ("done", {"coded": 3}, 3)
    assert writer.get(f"/incidents/{one['id']}.json").json()["status"] == "denied"


def test_one_that_waits_may_be_stopped_before_it_begins(writer: TestClient, held: Any) -> None:
    first = writer.post("/add", files=three()).headers["location"]
    assert held.seen.wait(5)
    second = writer.post("/add", data={"text": STORY}).headers["location"]
    writer.post(f"{second}/stop")
    held()
    assert wait(writer, second)["state"] == "stopped"
    assert wait(writer, first)["state"] == "done"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ResourceError("the language model is gone; pip install it"), "pip install it"),
        (ValueError("secret"), ""),
        (MemoryError(), "a fault in Tocsin, please report it"),
    ],
)
def test_one_that_fails_says_why(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(self: Stub, document: Document) -> Reading:
        raise error

    monkeypatch.setattr(Stub, "read", fail)
    job = sent(writer, data={"text": STORY})
    if isinstance(error, ValueError):
        assert (job["state"], job["counts"]) == ("done", {"set aside": 1})
    else:
        assert job["state"] == "failed"
        assert words in job["error"]
        assert words in writer.get(f"/add/{job['id']}").text
    monkeypatch.undo()
    assert sent(writer, data={"text": STORY})["counts"] == {"coded": 1}


def test_no_file_is_left_behind(
    writer: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "uploads"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    uploaded(writer, ("a.txt", STORY.encode()))
    assert writer.post("/add", files={"files": ("a.txt", STORY.encode())}, data={"published": "x"},
                       headers=OURS).status_code == 400  # fmt: skip
    until = time.monotonic() + 5
    while list(folder.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    assert list(folder.iterdir()) == []


def test_a_text_is_explained_and_not_kept(writer: TestClient) -> None:
    before = writer.get("/articles.json").json()
    page = writer.post("/explain", data={"text": STORY, "published": "2020-07-01"})
    assert page.status_code == 200
    assert "What is coded" in page.text
    assert 'class="t q4"' in page.text
    answer = writer.post("/explain.json", json={"text": STORY, "published": "2020-07-01"}).json()
    assert [one["event"]["type"] for one in answer["article"]["events"]] == ["ASSAULT"]
    assert answer["why"].startswith("PACKS: none")
    assert writer.get("/articles.json").json() == before


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"text": " "}, "there is no text"),
        ({"text": "x" * 20_001}, "the text has 20,001 characters; 20,000 are taken here"),
        ({"text": STORY, "published": "soon"}, "'soon' is not a day"),
    ],
)
def test_what_cannot_be_explained_is_told(
    reader: TestClient, form: dict[str, str], words: str
) -> None:
    answer = reader.post("/explain", data=form, headers=OURS | {"Accept": "application/json"})
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert reader.post("/explain.json", json=form).status_code == 400
