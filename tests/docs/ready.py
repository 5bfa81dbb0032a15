"""The command line, started again and again from a process that has everything imported already.

A page starts ``newsledger`` dozens of times, and most of each start is imports. One process makes them once;
every command then runs in a fork of it, with its own folder, environment, streams and exit code.

    python ready.py serve SOCKET    # says "ready" once it is
    python ready.py run SOCKET ...  # newsledger ..., there
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from functools import cache
from pathlib import Path


@cache
def place() -> str:
    """The socket of the process of this session, which is started where it does not run yet."""
    folder = tempfile.mkdtemp(prefix="ready")
    path = str(Path(folder) / "s")
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, __file__, "serve", path],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "pipeline"), str(root)])},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )

    def end() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return path


def serve(path: str) -> None:
    """Import all, then fork for every command."""
    from importlib import import_module

    for name in (
        "cli.main",
        "cli.check",
        "cli.one_article",
        "extraction",
        "engines.batch",
        "explain.explain",
    ):
        import_module(f"newsledger.{name}")
    import_module("newsledger.integrations.report.page")
    for name in ("gate", "acceptance", "gold_files", "reports.html"):
        import_module(f"newsledger.regression.{name}")
    for stage in (
        "money",
        "dates",
        "countries",
    ):  # and what they build from their tables; no model, no threads
        import_module(f"newsledger.stages.{stage}").find("Japan paid $5 on Friday, March 1, 2024.")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listener.close()
            _answer(connection)
            os._exit(0)
        connection.close()


def _answer(connection: socket.socket) -> None:
    said, streams, _, _ = socket.recv_fds(connection, 1, 3)
    assert said
    with connection.makefile("rw", encoding="utf-8") as talk:
        wanted = json.loads(talk.readline())
        pid = os.fork()
        if pid == 0:
            _command(wanted, streams)
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(pid, 0)
        talk.write(f"{os.waitstatus_to_exitcode(status)}\n")


def _command(wanted: dict[str, object], streams: list[int]) -> None:
    """Be the command, to the end of the process."""
    code: object = 1
    try:
        for stream, number in zip(streams, (0, 1, 2), strict=True):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(str(wanted["folder"]))
        os.environ.clear()
        os.environ.update(wanted["environment"])  # type: ignore[call-overload]
        sys.argv = ["newsledger", *wanted["arguments"]]  # type: ignore[misc]
        from newsledger.cli.main import main

        main()
        code = 0
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            print(code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))


def run(path: str, *arguments: str) -> int:
    """Have a command run, with the streams, folder and environment of this process."""
    wanted = {"arguments": arguments, "folder": str(Path.cwd()), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        socket.send_fds(connection, [b"."], [0, 1, 2])
        with connection.makefile("rw", encoding="utf-8") as talk:
            talk.write(json.dumps(wanted) + "\n")
            talk.flush()
            return int(talk.readline() or 70)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", where]:
            serve(where)
        case ["run", where, *rest]:
            sys.exit(run(where, *rest))
