import re
import tomllib

from django.conf import settings

BASE = settings.BASE_DIR
NOT_LAYERED = {"apps", "migrations"}


def layers():
    """The module names that the import contract allows inside an app."""
    contracts = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    contract = next(contract for contract in contracts if "containers" in contract)
    return {name.strip(" ()") for layer in contract["layers"] for name in re.split(r"[:|]", layer)}


def test_the_architecture_explains_every_module_name_and_no_other():
    table = (BASE / "docs" / "architecture.md").read_text().split("| modules |")[1].split("\n\n")[0]
    explained = {name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert explained == layers() | NOT_LAYERED


def test_the_readme_names_only_make_targets_and_files_that_exist():
    readme = (BASE / "README.md").read_text()
    targets = set(re.findall(r"^([a-z]+):", (BASE / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)(?:`| )", readme)) <= targets
    files = set(re.findall(r"\]\(([^)]+)\)", readme)) - {"docs/screenshot.png"}
    assert [name for name in files if not (BASE / name).exists()] == []
