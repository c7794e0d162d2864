"""A backup that looks whole and is not is refused, with the way to a whole one."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", [[], ["initiatives"], ["auth", "newsroom.workingchange"], ["hkpolicy"]])
def test_nothing_that_holds_the_record_is_dumped(asked):
    with pytest.raises(CommandError, match="pg_dump"):
        call_command("dumpdata", *asked)


def test_accounts_can_be_dumped(superuser, capsys):
    call_command("dumpdata", "auth.user")
    assert [row["fields"]["username"] for row in json.loads(capsys.readouterr().out)] == [superuser.username]
