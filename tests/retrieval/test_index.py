"""The index follows the store, is never half there, and heals by itself."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from past_examples import past

from assistant.errors import IndexUnavailable
from assistant.precedents import PastTables
from assistant.retrieval import generation as files
from assistant.retrieval.embedding import HashedEncoder, PackagedEncoder, normalised
from assistant.retrieval.index import Index, open_index
from assistant.retrieval.kinds import Matrix
from assistant.retrieval.lexical import split
from assistant.retrieval.vector import VectorIndex


class CountingEncoder(HashedEncoder):
    def __init__(self) -> None:
        super().__init__()
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> Matrix:
        self.texts += len(texts)
        return super().embed(texts)


def reopen(store: PastTables) -> Index:
    return open_index(store.home, store, HashedEncoder())


def generations(store: PastTables) -> set[str]:
    return {path.name for path in files.index_folder(store.home).iterdir() if path.is_dir()}


def assert_finds(index: Index, number: int) -> None:
    """By words and by vector, the table's own project name leads to it."""
    name = past(number).table.project.name or ""
    assert f"表{number}" in dict(index.tables_by_words(name, 5))
    assert f"表{number}" in dict(index.tables_by_vector(index.embed([name])[0], 40))


def test_a_table_is_found_by_words_and_by_vector(opened: Index) -> None:
    assert_finds(opened, 7)


def test_an_indicator_text_is_nearest_to_itself(opened: Index, store: PastTables) -> None:
    key, text = next(store.row_texts())
    assert opened.texts_by_vector(opened.embed([text])[0], 3)[0] == (key, pytest.approx(1.0, abs=1e-4))
    assert opened.texts_by_words(text, 3)[0][0] == key


def test_raw_vectors_of_texts_come_from_the_store(opened: Index, store: PastTables) -> None:
    key, text = next(store.row_texts())
    assert np.allclose(opened.text_vectors([key])[key], opened.embed([text])[0])


def test_an_intact_index_is_used_again_without_embedding_anything(opened: Index, store: PastTables) -> None:
    encoder = CountingEncoder()
    for _ in range(3):  # Opening Chroma writes to its files; that alone must not make it look broken.
        again = open_index(store.home, store, encoder)
        again.texts_by_vector(np.ones(256, dtype=np.float32), 3)
        again.close()
        assert again.generation == opened.generation
    assert encoder.texts == 0


def manifest(store: PastTables) -> files.Manifest:
    folder = files.current(files.index_folder(store.home))
    found = files.read_manifest(folder) if folder else None
    assert found
    return found


def test_a_small_change_starts_from_a_copy_and_only_new_texts_are_embedded(opened: Index, store: PastTables) -> None:
    assert not opened.outdated
    list(store.add([past(41, rows=1)]))
    assert opened.outdated
    encoder = CountingEncoder()
    again = open_index(store.home, store, encoder)
    assert encoder.texts == 2
    assert manifest(store).changed == 2
    assert_finds(again, 41)
    assert_finds(again, 7)


def test_a_large_change_starts_anew(opened: Index, store: PastTables) -> None:
    list(store.add(map(past, range(50, 90))))
    assert_finds(reopen(store), 77)
    assert manifest(store).changed == 0


def test_texts_that_went_away_are_found_no_more(opened: Index, store: PastTables) -> None:
    old = store.rows_of_tables(["表7"])
    list(store.add([past(7, rows=1, name="改名后的独特项目")]))
    again = reopen(store)
    gone = {row.text_key for row in old} - {key for key, _ in store.row_texts()}
    assert gone
    for row in old:
        if row.text_key in gone:
            vector = again.embed([row.name])[0]
            assert row.text_key not in dict(again.texts_by_words(row.name, 50) + again.texts_by_vector(vector, 500))
    assert again.tables_by_words("改名后的独特项目", 1)[0][0] == "表7"


def test_readers_keep_their_generation_which_goes_when_two_newer_ones_are_there(
    opened: Index, store: PastTables
) -> None:
    (files.index_folder(store.home) / "half-built").mkdir()
    list(store.add([past(41)]))
    second = reopen(store).generation
    assert_finds(opened, 7)
    assert "表41" not in dict(opened.tables_by_words(past(41).table.project.name or "", 40))
    assert generations(store) == {opened.generation, second}
    list(store.add([past(42)]))
    third = reopen(store).generation
    assert generations(store) == {second, third}


def test_another_embedder_gets_an_index_of_its_own(opened: Index, store: PastTables) -> None:
    class Other(HashedEncoder):
        def __init__(self) -> None:
            super().__init__()
            self.name = "另一个模型"

    assert open_index(store.home, store, Other()).generation != opened.generation


def test_an_empty_store_has_an_index_that_finds_nothing(tmp_path: Path) -> None:
    store = PastTables.open(tmp_path)
    index = reopen(store)
    assert index.tables_by_words("校舍", 5) == []
    assert index.tables_by_vector(index.embed(["校舍"])[0], 5) == []


def test_a_dotenv_file_where_the_user_stands_does_not_lead_chroma_astray(
    opened: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("is_persistent=false\nchroma_server_host=192.0.2.1\nanonymized_telemetry=true\n")
    monkeypatch.chdir(tmp_path)
    assert_finds(opened, 7)


def test_one_table_alone_is_found_and_progress_is_told_step_by_step(tmp_path: Path) -> None:
    store = PastTables.open(tmp_path)
    list(store.add([past(1)]))
    told: list[tuple[str, int, int]] = []
    assert_finds(open_index(tmp_path, store, HashedEncoder(), progress=lambda *step: told.append(step)), 1)
    steps = list(dict.fromkeys(step for step, _, _ in told))
    assert steps == ["计算指标向量", "计算表的向量", "写入检索索引", "检查检索索引"]
    assert all(0 < done <= total for _, done, total in told)


def _index_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _delete(path: Path) -> None:
    path.unlink()


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _garble(path: Path) -> None:
    size = max(64, path.stat().st_size)
    path.write_bytes(np.random.default_rng(1).bytes(size))


@pytest.mark.parametrize("damage", [_delete, _truncate, _garble])
def test_whatever_happens_to_a_file_the_index_is_rebuilt_or_answers(
    opened: Index, store: PastTables, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    opened.close()
    intact = files.index_folder(store.home) / opened.generation
    kept = shutil.copytree(intact, tmp_path / "kept")
    for path in _index_files(kept):
        damage(intact / path.relative_to(kept))
        found = files.read_manifest(intact)
        if found and files.is_intact(intact, found):  # Chroma does not need this file: it must answer without.
            index = reopen(store)
            assert index.generation == opened.generation
            assert_finds(index, 7)
            index.close()
        shutil.rmtree(intact)
        shutil.copytree(kept, intact)


@pytest.mark.parametrize("content", [b"", b"missing\n", b"../../etc\n", b"\xff\xfe", b"\0", b".", b".."])
def test_a_broken_current_file_names_nothing(opened: Index, store: PastTables, content: bytes) -> None:
    (files.index_folder(store.home) / files.CURRENT).write_bytes(content)
    assert files.current(files.index_folder(store.home)) is None


def test_a_damaged_index_is_rebuilt_when_it_is_opened(opened: Index, store: PastTables) -> None:
    _garble(files.index_folder(store.home) / opened.generation / files.CHROMA / "chroma.sqlite3")
    again = reopen(store)
    assert again.generation != opened.generation
    assert_finds(again, 7)


def test_an_index_without_a_current_one_is_rebuilt(opened: Index, store: PastTables) -> None:
    (files.index_folder(store.home) / files.CURRENT).write_bytes(b"")
    assert_finds(reopen(store), 7)


def test_an_index_that_breaks_while_in_use_is_rebuilt_once_and_answers(opened: Index, store: PastTables) -> None:
    folder = files.index_folder(store.home) / opened.generation
    shutil.rmtree(folder / files.CHROMA)
    for path in folder.glob("lexical-*"):
        path.write_bytes(b"")
    before = opened.generation
    assert_finds(opened, 7)
    assert opened.generation != before


def test_several_threads_ask_a_broken_index_and_all_get_answers(opened: Index, store: PastTables) -> None:
    shutil.rmtree(files.index_folder(store.home) / opened.generation)
    vector = opened.embed(["校舍维修项目甲0号"])[0]
    answers: list[list[tuple[str, float]]] = []
    threads = [threading.Thread(target=lambda: answers.append(opened.tables_by_vector(vector, 3))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 6
    assert all(answer == answers[0] for answer in answers)


def test_a_builder_that_takes_too_long_is_named(store: PastTables) -> None:
    index = files.index_folder(store.home)
    index.mkdir()
    with FileLock(index / ".lock"), pytest.raises(IndexUnavailable, match="另一个绩目进程正在重建索引"):
        open_index(store.home, store, HashedEncoder(), wait_seconds=0.2)


def test_only_one_of_two_builders_builds(store: PastTables) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(reopen(store).generation)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1]
    assert len(generations(store)) == 1


def test_an_index_folder_that_cannot_be_made_is_reported(store: PastTables) -> None:
    (store.home / "index").write_text("一个文件", encoding="utf-8")
    with pytest.raises(Exception, match="数据文件夹"):
        reopen(store)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("校舍维修", ["校舍", "舍维", "维修", "修"]),
        ("APP端 ２０２４年", ["app", "端", "2024", "年"]),
        ("", []),
        ('"*()-:^', []),
    ],
)
def test_texts_are_split_into_pairs(text: str, tokens: list[str]) -> None:
    assert split(text) == tokens


def test_texts_of_tables_give_their_characters_too() -> None:
    assert split("校舍维修2处", characters=True) == ["校舍", "舍维", "维修", "校", "舍", "维", "修", "2", "处"]
    assert split("校舍", asking=True, characters=True) == ["校舍", "校", "舍"]


def test_the_packaged_encoder_gives_unit_rows_and_knows_synonyms() -> None:
    vectors = PackagedEncoder().embed(["服务对象满意度", "群众满意度", "道路硬化里程"])
    assert vectors.shape == (3, 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_a_text_without_direction_still_has_a_unit_vector() -> None:
    assert np.linalg.norm(normalised(np.zeros((1, 4), dtype=np.float32))) == 1
    assert HashedEncoder().embed([""]).shape == (1, 256)


@pytest.fixture(scope="module")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder), "--port", str(port)]
    server = subprocess.Popen([*command, "--host", "127.0.0.1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


def test_the_same_index_works_on_a_chroma_server(store: PastTables, chroma_url: str) -> None:
    index = open_index(store.home, store, HashedEncoder(), chroma_url=chroma_url)
    assert_finds(index, 7)
    assert open_index(store.home, store, HashedEncoder(), chroma_url=chroma_url).generation == index.generation
    for number in (41, 42):
        list(store.add([past(number)]))
        later = open_index(store.home, store, HashedEncoder(), chroma_url=chroma_url)
    assert_finds(later, 42)
    assert not VectorIndex.on_server(chroma_url, index.generation).exists()
    VectorIndex.on_server(chroma_url, later.generation).drop()
    assert_finds(open_index(store.home, store, HashedEncoder(), chroma_url=chroma_url), 7)


def test_a_chroma_server_that_is_not_there_is_reported(store: PastTables) -> None:
    with pytest.raises(IndexUnavailable, match="检索索引不可用"):
        open_index(store.home, store, HashedEncoder(), chroma_url="http://127.0.0.1:9")
