"""The rule fitted-before-split."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, dotted_name, name_words, targets_of

#: Words in the name of data that is not trained with.
_TEST = frozenset({"test", "val", "valid", "validation"})


def _fitted_to(call: ast.Call) -> tuple[str, str] | None:
    """The name of what a call fits, and of what it is fitted to."""
    match call:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=fitted), attr="fit" | "fit_transform"),
            args=[ast.Name(id=data), *_],
        ):
            return fitted, data
    return None


class FittedBeforeSplit(AstRule):
    """What is learned from the test data goes into the training.

    ## What it does
    Reports `fit_transform()` of data that `train_test_split()` splits afterwards, and `fit()` and `fit_transform()` of the
    test data, where the same was fitted to the training data before.

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
    needs = frozenset({"fit_transform", "fit"})
    confidence = Confidence.MEDIUM
    effort = 15

    VALID = (
        Valid("a, b = train_test_split(data)\na = scaler.fit_transform(a)"),
        Valid("train = scaler.fit_transform(train)\ntest = scaler.transform(test)"),
        Valid("scaler.fit(x_train)\nother.fit(x_test)\nshown.fit_transform(x_test)", "Others"),
        Valid("scaler.fit(train)\nscaler = Scaler()\nscaler.fit(test)", "Another one"),
        Valid(
            "y = LabelEncoder().fit_transform(y)\na, b, c, d = train_test_split(x, y)",
            "It learns the classes",
        ),
        Valid("z = scaler.fit_transform(data)\na, b = train_test_split(data)", "Something else is split"),
    )
    INVALID = (
        Invalid(
            "x_train = scaler.fit_transform(x_train)\nx_test = scaler.fit_transform(x_test)",
            ("2:10-2:38 fitted anew to the test data: only transform it, with what the training data gave",),
        ),
        Invalid(
            "def f(x, y):\n    scaler = StandardScaler()\n    x = scaler.fit_transform(x)\n    return train_test_split(x, y)",
            ("3:9-3:32 fitted to the test data too: split first, and fit to what is trained with",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        self._check_splits()
        self._check_tests()

    def _check_tests(self) -> None:
        """Reports what is fitted to training data first, and to test data then."""
        trained: set[tuple[ast.AST | None, str]] = set()
        for node in self.facts.nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                trained.discard((self.facts.function(node), node.id))
            elif isinstance(node, ast.Call) and (fitted := _fitted_to(node)) is not None:
                key, words = (self.facts.function(node), fitted[0]), set(name_words(fitted[1]))
                if "train" in words:
                    trained.add(key)
                elif key in trained and words & _TEST:
                    self.report(
                        node,
                        "fitted anew to the test data: only transform it, with what the training data gave",
                    )

    def _check_splits(self) -> None:
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
