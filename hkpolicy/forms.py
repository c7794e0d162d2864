"""How the controls of forms are written."""

from django.forms.renderers import DjangoTemplates, Jinja2


class Controls(DjangoTemplates):
    """Django's own controls from Django's Jinja2 templates, which write them in a fraction of the time; others as ever.

    A form with a hundred facts has thousands of controls.
    """

    compiled = Jinja2()

    def render(self, template_name, context, request=None):
        if template_name.startswith("django/forms/"):
            return self.compiled.render(template_name, context, request)
        return super().render(template_name, context, request)
