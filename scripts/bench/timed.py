"""Runs commands one after another and says what each cost: wait4(2) tells it, which Node has no way to ask.

A line of JSON in, {"argv", "env"}; a line out, {"status", "stdout", "stderr", "ms", "cpu", "rss"}: milliseconds by the
clock, milliseconds of CPU (user and system, its children's too), and the peak memory of the biggest process, KiB.
stdin is /dev/null; stdout and stderr are pipes, as in "$(...)". Python's own start is no part of it.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time

# Seconds of silence after which a command is taken for hung.
LONGEST = 60
# What ru_maxrss is told in, by KiB: bytes on macOS.
KIB = 1024 if sys.platform == "darwin" else 1


def run(argv, env):
    start = time.perf_counter()
    child = subprocess.Popen(
        argv,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Without a terminal: nobody may wait for a person.
        start_new_session=True,
    )
    said = {child.stdout: b"", child.stderr: b""}
    with selectors.DefaultSelector() as ready:
        for stream in said:
            ready.register(stream, selectors.EVENT_READ)
        while ready.get_map():
            events = ready.select(LONGEST)
            if not events:
                os.killpg(child.pid, signal.SIGKILL)
            for key, _ in events:
                bytes_read = os.read(key.fd, 65536)
                said[key.fileobj] += bytes_read
                if not bytes_read:
                    ready.unregister(key.fileobj)
    _, status, used = os.wait4(child.pid, 0)
    ms = (time.perf_counter() - start) * 1000
    child.returncode = os.waitstatus_to_exitcode(status)
    stdout, stderr = (said[stream].decode(errors="replace") for stream in (child.stdout, child.stderr))
    child.stdout.close()
    child.stderr.close()
    return {
        "status": child.returncode,
        "stdout": stdout,
        "stderr": stderr,
        "ms": ms,
        "cpu": (used.ru_utime + used.ru_stime) * 1000,
        "rss": used.ru_maxrss // KIB,
    }


for line in sys.stdin:
    wish = json.loads(line)
    try:
        answer = run(wish["argv"], wish["env"])
    except OSError as error:
        answer = {"status": 127, "stdout": "", "stderr": str(error)}
    try:
        print(json.dumps(answer), flush=True)
    except BrokenPipeError:
        # Whoever asked is gone, and there is nobody to tell.
        os._exit(1)
