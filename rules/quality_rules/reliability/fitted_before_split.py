"""The rule fitted-before-split."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, dotted_name, targets_of


class FittedBeforeSplit(AstRule):
    """What is learned from the test data goes into the training.

    ## What it does
    Reports `fit_transform()` of data that `train_test_split()` splits afterwards.

    Encoders of labels are fine: they learn which classes there are.

    ## Why is this bad
    The mean, the scale or the vocabulary is that of the test data too, so the model has seen something of what it is tested
    with, and is worse in use than the test says.

    ## Example
    ```python
    def evaluate(data, labels):
        scaled = StandardScaler().fit_transform(data)
        train, test, train_labels, test_labels = train_test_split(scaled, labels)
        return LogisticRegression().fit(train, train_labels).score(test, test_labels)
    ```

    ## Use instead
    ```python
    def evaluate(data, labels):
        train, test, train_labels, test_labels = train_test_split(data, labels)
        model = make_pipeline(StandardScaler(), LogisticRegression())
        return model.fit(train, train_labels).score(test, test_labels)
    ```

    ## References
    - [scikit-learn: data leakage](https://scikit-learn.org/stable/common_pitfalls.html#data-leakage)
    """

    dimension = "reliability"
    needs = frozenset({"fit_transform"})
    confidence = Confidence.MEDIUM
    effort = 15

    VALID = (
        Valid("a, b = train_test_split(data)\na = scaler.fit_transform(a)"),
        Valid(
            "y = LabelEncoder().fit_transform(y)\na, b, c, d = train_test_split(x, y)",
            "It learns the classes",
        ),
        Valid("z = scaler.fit_transform(data)\na, b = train_test_split(data)", "Something else is split"),
    )
    INVALID = (
        Invalid(
            "def f(x, y):\n    scaler = StandardScaler()\n    x = scaler.fit_transform(x)\n    return train_test_split(x, y)",
            ("3:9-3:32 fitted to the test data too: split first, and fit to what is trained with",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        fitted: dict[tuple[ast.AST | None, str], ast.expr] = {}
        for node in self.facts.nodes:
            if isinstance(node, ASSIGNMENTS) and isinstance(target := targets_of(node)[0], ast.Name):
                name = (self.facts.function(node), target.id)
                fitted.pop(name, None)
                if node.value is not None and self._fits(node.value):
                    fitted[name] = node.value
            elif isinstance(node, ast.Call) and dotted_name(node.func).endswith("train_test_split"):
                function = self.facts.function(node)
                names = [argument.id for argument in node.args if isinstance(argument, ast.Name)]
                for call in filter(None, [fitted.pop((function, name), None) for name in names]):
                    self.report(
                        call, "fitted to the test data too: split first, and fit to what is trained with"
                    )

    def _fits(self, value: ast.expr) -> bool:
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
            return False
        made = self.facts.only_value(value.func.value)
        kind = dotted_name(made.func) if isinstance(made, ast.Call) else ""
        return value.func.attr == "fit_transform" and "Label" not in kind
