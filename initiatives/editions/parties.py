"""Editions of organisations, people and policy areas."""

from django.db import models

from record.models import Edition


class AreaEdition(Edition):
    type = "area"
    url_prefix = "areas"

    class Meta(Edition.Meta):
        pass


class OrganisationEdition(Edition):
    type = "organisation"
    url_prefix = "organisations"
    kind = models.CharField(max_length=80, default="")

    class Meta(Edition.Meta):
        pass

    @classmethod
    def typed_columns(cls, document):
        return {"kind": document["kind"]}

    @classmethod
    def slug_and_title(cls, document):
        return {"slug": document["slug"], "title": document["name"]}

    @classmethod
    def searchable(cls, document):
        return [document["name"], document["aliases"], document["former_names"], document["summary"]]


class PersonEdition(Edition):
    type = "person"
    url_prefix = "people"
    kind = models.CharField(max_length=80, default="")

    class Meta(Edition.Meta):
        pass

    @classmethod
    def typed_columns(cls, document):
        return {"kind": document["kind"]}

    @classmethod
    def slug_and_title(cls, document):
        return {"slug": document["slug"], "title": document["name"]}

    @classmethod
    def searchable(cls, document):
        return [document["name"], document["aliases"], document["summary"]]
