"""The rule form-of-all-fields."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word
from quality_rules._given import given

#: Ends of the names of classes that store what a client sends.
_FORMS = ("ModelForm", "ModelSerializer")


class FormOfAllFields(AstRule):
    """A form takes every field that its model has.

    ## What it does
    Reports `fields = "__all__"` and `exclude` in the `Meta` of Django's model forms and model serializers.

    Written lists of fields are fine, and so are serializers of which all fields are read only.

    ## Why is this bad
    Whoever adds a field to the model, such as `is_approved` or `owner`, lets every client set it, and does not see that:
    the form is in another file.

    ## Example
    ```python
    from django.forms import ModelForm

    class ProfileForm(ModelForm):
        class Meta:
            model = Profile
            fields = "__all__"
    ```

    ## Use instead
    ```python
    from django.forms import ModelForm

    class ProfileForm(ModelForm):
        class Meta:
            model = Profile
            fields = ["nickname", "picture"]
    ```

    ## References
    - [Django documentation: selecting the fields to use](https://docs.djangoproject.com/en/stable/topics/forms/modelforms/#selecting-the-fields-to-use)
    - [CWE-915: improperly controlled modification of object attributes](https://cwe.mitre.org/data/definitions/915.html)
    """

    dimension = "security"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    cwe = 915
    effort = 5
    needs = frozenset({"fields", "exclude"})

    VALID = (
        Valid(
            "class AForm(ModelForm):\n    class Meta:\n        model = A\n        fields = ('x', 'y')\n        exclude = []"
        ),
        Valid(
            "class AFilter(FilterSet):\n    class Meta:\n        model = A\n        fields = '__all__'",
            "It only asks",
        ),
        Valid(
            "class ASerializer(ModelSerializer):\n    class Meta:\n        model = A\n        fields = '__all__'\n        read_only_fields = FIELDS",
            "Somebody thought of it",
        ),
        Valid("class AForm(ModelForm):\n    fields = '__all__'", "It is not asked for there"),
    )
    INVALID = (
        Invalid(
            "class AForm(forms.ModelForm):\n    class Meta:\n        model = A\n        exclude = ['owner']",
            (
                "4:19-4:28 clients may set each field that the model gets later: list those that they may in fields",
            ),
        ),
        Invalid(
            "from rest_framework import serializers\n\nclass ASerializer(serializers.ModelSerializer):\n    class Meta:\n        model = A\n        fields = serializers.ALL_FIELDS",
            ("6:18-6:40 clients may set every field of the model: list those that they may",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if not any(last_word(base).endswith(_FORMS) for base in node.bases):
            return
        for meta in node.body:
            if isinstance(meta, ast.ClassDef) and meta.name == "Meta":
                self._check(meta)

    def _check(self, meta: ast.ClassDef) -> None:
        settings = dict(pair for statement in meta.body for pair in given(statement))
        if "read_only_fields" in settings or "model" not in settings:
            return
        for name, written in settings.items():
            value = self.facts.only_value(written)
            if name == "exclude" and getattr(value, "elts", True):
                self.report(
                    written,
                    "clients may set each field that the model gets later: list those that they may in fields",
                )
            elif name == "fields" and self._is_all(value):
                self.report(written, "clients may set every field of the model: list those that they may")

    def _is_all(self, value: ast.expr) -> bool:
        written = isinstance(value, ast.Constant) and value.value == "__all__"
        return written or last_word(value) == "ALL_FIELDS"
