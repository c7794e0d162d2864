"""Editions of organisations, people and policy areas."""

from django.db import models

from record.models import Edition


class AreaEdition(Edition):
    type = "area"
    plural = "areas"

    class Meta(Edition.Meta):
        pass


class OrganisationEdition(Edition):
    type = "organisation"
    plural = "organisations"
    kind = models.CharField(max_length=80, default="")

    class Meta(Edition.Meta):
        pass

    @classmethod
    def columns(cls, document):
        return {"kind": document["kind"]}

    @classmethod
    def name_of(cls, document):
        return {"slug": document["slug"], "title": document["name"]}

    @classmethod
    def searched(cls, document):
        return [document["name"], document["aliases"], document["former_names"], document["summary"]]


class PersonEdition(Edition):
    type = "person"
    plural = "people"
    kind = models.CharField(max_length=80, default="")

    class Meta(Edition.Meta):
        pass

    @classmethod
    def columns(cls, document):
        return {"kind": document["kind"]}

    @classmethod
    def name_of(cls, document):
        return {"slug": document["slug"], "title": document["name"]}

    @classmethod
    def searched(cls, document):
        return [document["name"], document["aliases"], document["summary"]]
