"""The preview of a root: the site's page of its working copy, for editors."""

from django.http import Http404

from record.languages import LANGUAGES

from ...documents.changeset import find_along_drafts
from ...documents.drafts import build_draft
from ..preview.preview import PreviewBanner, render_preview
from .workflow_views import WorkflowView, workflow_url


class PreviewView(WorkflowView):
    """The site's page of the working copy. Answers 404 for an unknown language."""

    name = "preview"
    route = "<int:pk>/preview/<str:language>/"
    http_method_names = ("get", "head", "options")

    def get(self, request, pk, language):
        if language not in LANGUAGES:
            raise Http404
        draft = build_draft(self.row)
        return render_preview(
            request,
            draft,
            language,
            address=lambda each: workflow_url(self.row, "preview", each),
            banner=PreviewBanner(form=self.get_form_url()),
            besides=find_along_drafts([draft]),
        )
