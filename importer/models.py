"""What was imported from which file, with which columns; what an editor changed since, the audit log says."""

from django.db import models


class LoadedRow(models.Model):
    """A file's row as last imported. It belongs to the file that first brought it.

    given: {key of an object: {"model", "content_id", "columns"}}, with parts that earlier versions of the row had.
    """

    section = models.CharField(max_length=40)
    row_id = models.CharField(max_length=500)
    file = models.CharField(max_length=200)  # the name in the file's metadata, else the file's own name
    raw = models.JSONField()  # the row as it stood in the file
    given = models.JSONField()
    loaded_at = models.DateTimeField()  # when the import began that last wrote it, or found it as the file wants it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "row_id"], name="one_loaded_row_an_id")]

    def __str__(self):
        return f"{self.section} {self.row_id}"


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
