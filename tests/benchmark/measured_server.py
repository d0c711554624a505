"""Start the app as a reader meets it, and write down how long every script run takes.

python tests/benchmark/measured_server.py run|production PORT LOG, in the folder of an app.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner


def note_script_times(log: Path) -> None:
    """Add a line {"page", "ms", "cpu"} to `log` after every script run: `cpu` of its thread."""
    original = ScriptRunner._run_script

    def timed(self: ScriptRunner, rerun_data: Any) -> None:
        started, worked = time.perf_counter(), time.thread_time()
        original(self, rerun_data)
        spent = (time.perf_counter() - started) * 1000
        cpu = (time.thread_time() - worked) * 1000
        name = rerun_data.page_name or ""
        with log.open("a", encoding="utf-8") as file:
            file.write(
                json.dumps({"page": name, "ms": round(spent, 2), "cpu": round(cpu, 2)}) + "\n"
            )

    ScriptRunner._run_script = timed  # type: ignore[method-assign]


def streamlit_run(port: int) -> None:
    """Start as `streamlit run app.py` does."""
    from streamlit.web import cli

    sys.argv = ["streamlit", "run", "app.py", "--server.port", str(port)]
    sys.argv += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    cli.main()


def production(port: int) -> None:
    """Start as the README says for production; an app without deploy/ as a bare st.App."""
    import uvicorn

    config._main_script_path = str(Path("app.py").resolve())
    if Path("deploy/asgi.py").exists():
        from deploy.asgi import app
    else:
        import streamlit as st

        app = st.App("app.py")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    note_script_times(Path(sys.argv[3]))
    {"run": streamlit_run, "production": production}[sys.argv[1]](int(sys.argv[2]))
