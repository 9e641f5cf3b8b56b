"""Programs killed, disks full, two programs at once: the small count of tests/benchmarks/store_faults.py."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "store_faults.py"


def faults(name: str, count: int) -> list[dict[str, Any]]:
    command = [sys.executable, str(SCRIPT), name, "--count", str(count), "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stdout, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_kill_9_loses_nothing_that_was_acknowledged() -> None:
    results = faults("kill", 4)
    assert len(results) == 3
    for result in results:
        assert result["acknowledged"] >= 4, result
        assert (result["lost"], result["unreadable"]) == (0, 0), result


def test_the_same_kills_break_stock_tinydb() -> None:
    (result,) = faults("stock-until-broken", 80)
    assert result["unreadable"] > 0


def test_a_full_disk_is_an_error_and_loses_nothing() -> None:
    (result,) = faults("full", 1)
    if "skipped" in result:
        pytest.skip(f"no small disk can be mounted here: {result['skipped']}")
    assert set(result["errors"]) == {"change", "snapshot", "article"}
    assert all("the disk is full" in message for message in result["errors"].values())
    assert (result["lost"], result["unreadable"], result["half done"], result["left behind"]) == (0, 0, 0, 0), result


def test_two_programs_lose_nothing_and_see_each_other() -> None:
    (result,) = faults("two", 60)
    assert (result["lost"], result["unreadable"], result["died"], result["not seen"]) == (0, 0, [], 0), result
