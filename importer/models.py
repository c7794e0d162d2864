"""The importer's memory of data files, so that importing one again changes only what changed in it."""

from django.db import models


class LoadedRow(models.Model):
    """A file's row as last imported. It belongs to the file that first brought it."""

    section = models.CharField(max_length=40)
    row_id = models.CharField(max_length=500)
    file = models.CharField(max_length=200)  # the name in the file's metadata, else the file's own name
    raw = models.JSONField()  # the row as it stood in the file
    written = models.JSONField()  # {key of an object: {"state": {column: value}, "note": internal note}}
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "row_id"], name="one_loaded_row_an_id")]

    def __str__(self):
        return f"{self.section} {self.row_id}"


class LoadedRoot(models.Model):
    """The digest of a root's draft at a time when all its unpublished changes came from files."""

    type = models.CharField(max_length=20)
    content_id = models.UUIDField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "content_id"], name="one_loaded_root")]

    def __str__(self):
        return f"{self.type} {self.content_id}"


class LoadedFile(models.Model):
    """A file as last imported: its metadata, and sections that the importer does not know."""

    file = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    meta = models.JSONField()
    unknown_sections = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return self.file
