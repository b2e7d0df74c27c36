"""Worker processes: they end with their parent, whatever they are doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.sources.terraform_trees import write
from tfaudit.clock import Clock
from tfaudit.model.resources import Limits
from tfaudit.sources.terraform.hcl.ahead import start_ahead
from tfaudit.sources.terraform.hcl.pool import Pool
from tfaudit.sources.terraform.hcl.root import Answer, RootReader
from tfaudit.sources.terraform.hcl.roots import find_roots
from tfaudit.sources.terraform.hcl.waiting import Waiting
from tfaudit.sources.tree.files import InputFile, Tree

if TYPE_CHECKING:
    from pathlib import Path

# Reads a folder whose evaluation takes its time, and says which processes do that.
PARENT = """
import sys, threading, time
from pathlib import Path
from tfaudit.model.resources import Limits
from tfaudit.sources.terraform import hcl as terraform
from tfaudit.sources.tree.files import InputFile, Tree
from tfaudit.sources.terraform.hcl import pool
started = []
make = pool.Worker.__init__
def note(self, depth):
    make(self, depth)
    started.append(self.pid)
pool.Worker.__init__ = note
root = Path(sys.argv[1])
file = InputFile(root, "main.tf", 10)
reading = terraform.read_tree([file], Tree(root, Limits(parse_seconds=60)))
threading.Thread(target=lambda: list(reading), daemon=True).start()
while not started:
    time.sleep(0.01)
time.sleep(1)
print(*started, flush=True)
time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_busy_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    loops = "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a * b * c]]]"
    write(tmp_path, {"main.tf": f'resource "aws_x" "x" {{\n  v = {loops}\n}}\n'})
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout as said:
        workers = [int(each) for each in said.readline().split()]
    assert workers
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(200):
        if not any(map(alive, workers)):
            break
        time.sleep(0.05)
    assert not any(map(alive, workers))


def test_a_worker_that_is_gone_is_replaced() -> None:
    with Pool(1, 100, 20, Clock()) as pool:
        os.kill(pool._workers[0].pid, signal.SIGKILL)
        job: dict[str, Any] = {**JOB, "only": "", "manifest": {}}
        answers = list(pool.results([job, job]))
        assert [number for number, _ in answers] == [0, 1]
        assert (
            answers[0][1] == "the evaluator crashed on it" or answers[0][1] == "the evaluator does not start"
        )
        assert isinstance(answers[1][1], bytes)


def test_no_root_is_begun_when_the_time_of_the_scan_is_up() -> None:
    clock = Clock(0.001)
    time.sleep(0.01)
    with Pool(2, 100, 20, clock) as pool:
        answers = list(pool.results([{}, {}, {}]))
    assert sorted(answers) == [(number, clock.because) for number in range(3)]


JOB = {"tree": "/", "folder": "", "files": {}, "variable_files": [], "variables": [], "workspace": "default"}


@pytest.mark.parametrize(("stands_still", "answered"), [(1.2, True), (60.0, False)])
def test_what_others_take_of_the_processor_is_not_a_root_s_time(stands_still: float, answered: bool) -> None:
    with Pool(1, 100, 0.5, Clock()) as pool:
        pid = pool._workers[0].pid
        os.kill(pid, signal.SIGSTOP)
        later = threading.Timer(stands_still, os.kill, (pid, signal.SIGCONT))
        later.start()
        ((_, answer),) = pool.results([{**JOB, "only": "", "manifest": {}}])
        later.cancel()
    assert isinstance(answer, bytes) is answered
    assert answered or answer == "it took longer than 0.5 seconds"


def test_a_root_that_works_for_too_long_is_left_out(tmp_path: Path) -> None:
    loops = "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a * b * c]]]"
    write(tmp_path, {"main.tf": f'resource "aws_x" "x" {{\n  v = {loops}\n}}\n'})
    root, *_ = find_roots([InputFile(tmp_path, "main.tf", 10)], Tree(tmp_path, Limits()))[0]
    began = time.monotonic()
    with Pool(1, 100, 0.1, Clock()) as pool:
        ((_, answer),) = pool.results([root.job])
    assert answer == "it took longer than 0.1 seconds"
    assert time.monotonic() - began > 0.08


CORES = min(os.cpu_count() or 1, 4)
SOON = ("tfaudit.pipeline.elsewhere", "get_ready")


@pytest.mark.parametrize(
    ("name", "files", "cached", "expected"),
    [
        ("a/b/main{}.tf", 1, True, 1),
        ("a/b/main{}.tf", 1, False, max(1, CORES - 1)),  # the main process has as much to do meanwhile
        ("a/b/main{}.tf", 120, False, CORES),
        ("a/b/main{}.py", 1, False, 0),
        (".terraform/x{}.tf", 1, False, 0),
    ],
)
def test_workers_start_ahead_only_for_terraform_and_one_where_results_are_kept(
    tmp_path: Path, name: str, files: int, cached: bool, expected: int
) -> None:
    from tfaudit.sources.terraform.hcl import pool

    code = {f"code/{name.format(number)}": "" for number in range(files)}
    write(tmp_path, {**code, **({"cache/terraform/x": ""} if cached else {})})
    start_ahead([tmp_path / "code", tmp_path / "missing"], tmp_path / "cache", SOON)
    assert len(pool._ready) == expected
    with Pool(1, 100, 20, Clock()):
        assert len(pool._ready) == max(expected - 1, 0)
    assert pool._ready == []


def read_root(reader: RootReader, tree: Path) -> Answer:
    """Return what the root at the top of `tree` holds, read by `reader`."""
    name = "main.tf"
    root, *_ = find_roots([InputFile(tree, name, 1)], Tree(tree, Limits()))[0]
    return reader.read(root.job)


def test_what_was_parsed_ahead_is_read_as_anything_else_is_and_only_as_it_stands_when_it_is_read(
    tmp_path: Path,
) -> None:
    broken = 'resource "aws_b" "b" {\n  v = [1\n}\n'
    write(tmp_path, {"main.tf": 'resource "aws_a" "a" {\n  v = "x"\n}\n' + broken, "gone.tf": ""})
    ahead, alone = RootReader(Limits()), RootReader(Limits())
    (tmp_path / "gone.tf").unlink()
    ahead.parse_ahead({str(tmp_path): ["gone.tf", "main.tf"]}, lambda: True)
    assert read_root(ahead, tmp_path).data() == read_root(alone, tmp_path).data()
    assert read_root(alone, tmp_path).records  # what is wrong with the file is said

    write(tmp_path, {"main.tf": 'resource "aws_c" "c" {}\n'})
    assert [row[1] for row in read_root(RootReader(Limits()), tmp_path).rows] == ["aws_c.c"]
    fresh = RootReader(Limits())
    write(tmp_path, {"main.tf": 'resource "aws_old" "o" {}\n'})
    fresh.parse_ahead({str(tmp_path): ["main.tf"]}, lambda: True)
    write(tmp_path, {"main.tf": 'resource "aws_new" "n" {}\n'})
    assert [row[1] for row in read_root(fresh, tmp_path).rows] == ["aws_new.n"]


def test_parsing_ahead_ends_when_there_is_a_job(tmp_path: Path) -> None:
    write(tmp_path, {f"{number}.tf": f"# {number}\n" for number in range(5)})
    asked: list[int] = []

    def nothing_to_do() -> bool:
        asked.append(1)
        return len(asked) < 3

    reader = RootReader(Limits())
    reader.parse_ahead({str(tmp_path): [f"{number}.tf" for number in range(5)]}, nothing_to_do)
    assert len(reader._parses) == 2


def test_a_hint_is_followed_by_jobs_that_are_answered(tmp_path: Path) -> None:
    write(tmp_path, {"code/a/main.tf": 'resource "aws_vpc" "v" {}\n', "code/b.tf": "not hcl {"})
    start_ahead([tmp_path / "code"], tmp_path / "cache", SOON)
    tree = tmp_path / "code"
    root, *_ = find_roots([InputFile(tree, "a/main.tf", 10)], Tree(tree, Limits()))[0]
    with Pool(1, 100, 20, Clock()) as pool:
        ((number, answer),) = pool.results([root.job])
    assert number == 0
    assert isinstance(answer, bytes)
    assert b"aws_vpc.v" in answer


def test_each_worker_parses_folders_of_its_own_ahead_and_all_roots_are_answered_once(tmp_path: Path) -> None:
    from tfaudit.sources.terraform.hcl import pool

    code = 'resource "aws_vpc" "v" {{ cidr_block = "10.{}.0.0/16" }}\n'
    names = [f"root{folder}/{file}.tf" for folder in range(30) for file in range(5)]
    write(tmp_path, {f"code/{name}": code.format(number) for number, name in enumerate(names)})
    tree = tmp_path / "code"
    start_ahead([tree], tmp_path / "cache", SOON)
    shares = [each.parses for each in pool._ready]
    assert sum(map(len, shares)) == len(frozenset().union(*shares)) == 30
    assert max(map(len, shares)) - min(map(len, shares)) <= 1
    roots, _ = find_roots([InputFile(tree, name, 10) for name in names], Tree(tree, Limits()))
    assert {(root.job["tree"], root.job["folder"]) for root in roots} == frozenset().union(*shares)
    with Pool(len(shares), 100, 20, Clock()) as workers:
        os.kill(workers._workers[0].pid, signal.SIGKILL)  # what was its own is done by others
        answers = sorted(workers.results(root.job for root in roots))
    assert [number for number, _ in answers] == list(range(30))
    assert sum(isinstance(answer, str) for _, answer in answers) <= 2


@pytest.mark.parametrize(
    ("above", "folders", "gets_ready"), [("roots", 16, True), ("roots", 15, False), ("modules", 40, False)]
)
def test_workers_get_ready_to_judge_only_where_there_may_be_many_roots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, above: str, folders: int, gets_ready: bool
) -> None:
    from tfaudit.sources.terraform.hcl import pool

    asked: list[object] = []
    monkeypatch.setattr(pool, "hint", lambda worker, shares, soon: asked.append(soon))
    write(tmp_path, {f"code/{above}/{number}/main.tf": "" for number in range(folders)})
    start_ahead([tmp_path / "code"], tmp_path / "cache", SOON)
    pool.stop_all()
    assert set(asked) == {SOON if gets_ready else None}


def test_a_worker_takes_its_own_jobs_first_and_then_whatever_is_left() -> None:
    jobs = [{"tree": "/t", "folder": name} for name in "abcd"] + [{"kind": "another"}]
    waiting = Waiting(jobs, {("/t", "c"): 1, ("/t", "d"): 2, ("/t", "gone"): 3})
    assert len(waiting) == 5
    assert [job[0] for job in map(waiting.take, (1, 1, 3)) if job] == [2, 0, 1]
    waiting.put_back((0, jobs[0]))
    assert [number for number, _ in waiting.taken()] == [0, 4, 3]
    assert waiting.take(2) is None


def test_a_worker_that_cannot_get_ready_answers_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, {f"code/r{number}/main.tf": 'resource "aws_vpc" "v" {}\n' for number in range(20)})
    tree = tmp_path / "code"
    start_ahead([tree], tmp_path / "cache", ("tfaudit.pipeline.elsewhere", "there_is_no_such_function"))
    roots, _ = find_roots([InputFile(tree, "r7/main.tf", 10)], Tree(tree, Limits()))
    with Pool(1, 100, 20, Clock()) as pool:
        ((_, answer),) = pool.results([roots[0].job])
    assert isinstance(answer, bytes)


def test_a_reader_keeps_the_modules_that_several_call_and_few_trees(tmp_path: Path) -> None:
    call = 'module "m" { source = "../m" }\n'
    block = 'resource "aws_sqs_queue" "q{}" {{ name = "{}" }}\n'
    large = {f"{name}/{at}.tf": block.format(at, name * 60_000) for name in "ab" for at in range(5)}
    write(tmp_path, {**large, "a/m.tf": call, "b/m.tf": call, "m/main.tf": 'resource "aws_vpc" "v" {}\n'})
    files = [InputFile(tmp_path, name, 1) for name in (*large, "a/m.tf", "b/m.tf", "m/main.tf")]
    reader = RootReader(Limits())
    first, second = (reader.read(root.job) for root in find_roots(files, Tree(tmp_path, Limits()))[0])
    assert len(first.rows) == len(second.rows) == 6
    assert list(reader._modules) == [("m/main.tf",)]
    kept = sum(len(data) for _, data in reader._parses)
    assert kept == reader._parsed_bytes <= 400_000
    assert {text.origin for text, *_ in reader._comments._files.values()} == {"m/main.tf"}
