"""The Nu HTML checker, fed files: it refuses the addresses of this machine."""

import json
import subprocess
from collections.abc import Iterable

from .results import Fault, Result, counted
from .site import FOLDER

JAR = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
PAGES = FOLDER / "pages"


def checked(pages: dict[str, bytes]) -> Result:
    """Check the markup of pages. pages: {address: HTML}."""
    return counted("Nu HTML checker: errors", f"{len(pages)} pages", faults(pages))


def faults(pages: dict[str, bytes]) -> Iterable[Fault]:
    PAGES.mkdir(parents=True, exist_ok=True)
    files = {}
    for number, (address, html) in enumerate(pages.items()):
        file = PAGES / f"{number}.html"
        file.write_bytes(html)
        files[file.name] = address
    for message in _messages(files):
        if message["type"] != "info":
            name = message["url"].rpartition("/")[2]
            yield Fault(files[name], f"line {message.get('lastLine', '?')}: {message['message']}")


def _messages(files: Iterable[str]) -> list[dict]:
    paths = [str(PAGES / each) for each in files]
    command = ["java", "-Xss1m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stderr)["messages"]
