"""Start the sandbox, run the quickstart against it in three ways, and say what came in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PROGRAMS = (
    ("the generated client", [sys.executable, "flex_quickstart.py"]),
    ("the same, async", [sys.executable, "flex_quickstart_async.py"]),
    ("curl and openssl", ["sh", "flex_quickstart.sh"]),
)


def main() -> int:
    """Return how many of the programs failed."""
    command = [sys.executable, "-m", "generator", "sandbox", "--port", "0", "--quiet"]
    sandbox = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."}
    )
    assert sandbox.stdout is not None
    try:
        url = sandbox.stdout.readline().decode().strip()
        if not url:
            return 1
        print(f"the sandbox listens at {url}", flush=True)
        return _run_all(url)
    finally:
        sandbox.send_signal(signal.SIGINT)
        sandbox.wait(10)


def _run_all(url: str) -> int:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "generated"),
        "WHITEBIT_BASE_URL": url,
        "WHITEBIT_API_KEY": "test-api-key",
        "WHITEBIT_API_SECRET": "test-api-secret",
    }
    failed = 0
    for name, command in PROGRAMS:
        print(f"\n{name}", flush=True)
        failed += subprocess.run(command, cwd=HERE, env=environment).returncode != 0
    with urllib.request.urlopen(f"{url}/-/state") as answer:
        state = json.load(answer)
    print("\nwhat the sandbox saw")
    for visit in reversed(state["visits"]):
        print(
            f"  {visit['status']} {visit['operation']} {visit['reason'] or 'accepted'}"
        )
    print(f"  {state['writes']} writes in the ledger, each once")
    return failed


if __name__ == "__main__":
    sys.exit(main())
