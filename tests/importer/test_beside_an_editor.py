"""On SQLite one writes at a time: a load and an editor's saves wait for each other, and neither fails."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SAVING = """
import time
from pathlib import Path
from initiatives.models import Organisation

row = Organisation.objects.create(slug="office", name_en="Office")
saves = 0
print("saving", flush=True)
while not Path({stop!r}).exists():
    row.name_en = f"Office {{saves}}"
    row.save()
    saves += 1
    time.sleep(0.1)
print(saves)
"""


def manage(demo, *arguments):
    its = {"DEMO_DIR": str(demo), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "hkpolicy.settings"}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | its, **pipes)


def done(process):
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out


@pytest.mark.sqlite
def test_a_load_and_an_editor_who_saves_every_100_ms_do_not_hinder_each_other(tmp_path):
    done(manage(tmp_path, "migrate", "--verbosity", 0))
    stop = tmp_path / "stop"
    editor = manage(tmp_path, "shell", "--no-imports", "-c", SAVING.format(stop=str(stop)))
    assert editor.stdout.readline() == "saving\n"
    loaded = manage(tmp_path, "load_record", settings.BASE_DIR / "data/hk_record.yaml", "--publish")
    try:
        assert "Publication 1." in done(loaded)
    finally:
        stop.touch()
    assert int(done(editor).splitlines()[-1]) > 5
