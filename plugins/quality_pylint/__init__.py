"""The pylint analyzer: smells and mistakes, seen by pylint's checkers in this process.

- Messages as findings: ``_analyzer`` and ``_catalogue``, of the one ``_linter``, whose ``_callbacks`` are called for nodes.
- What a text may lead to, and cost: ``_fence``, ``_modules``, ``_builtins``, ``_attributes``, ``_scopes`` and ``_bounds``.
- Shorter ways to the same outcome: ``_index``, ``_places``, ``_shortcuts``, ``_transforms``, ``_variables``, ``_comparisons``, ``_tokens``.
- What pylint overlooks: ``_aliases`` (what checkers know by how it is written) and ``_returns``.
- Cases in which a message is wrong: ``_conventions`` has them by message, with ``_annotations``, ``_asked``,
  ``_bindings``, ``_called``, ``_classes``, ``_definitions``, ``_effects``, ``_handlers``, ``_imports``, ``_left_open``,
  ``_members``, ``_methods``, ``_moments``, ``_names``, ``_other_files``, ``_own``, ``_parameters``, ``_platforms``, ``_python2``, ``_resources``,
  ``_rows``, ``_setup``, ``_slight``, ``_unbound`` and ``_unpacking``;
  ``_linter`` asks ``_below``, ``_given``, ``_decorators``, ``_signatures`` and ``_turns`` as well.
- Several messages with one cause: ``_causes``.

The code of this package is MIT-licensed like the rest of the project. pylint, which it imports into the same
process, is licensed under GPL-2.0-or-later, and astroid under LGPL-2.1-or-later. Using the two together is
free of conditions. Whoever *redistributes* the whole with pylint inside (in an image, an installer or a product)
distributes a combined work and has to follow pylint's licence for it: pass on its text and its source, and
license the combination compatibly. Without this package nothing of the project imports pylint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.plugins import hookimpl
from quality_pylint._analyzer import PylintAnalyzer
from quality_pylint._catalogue import catalogue, groups

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import Analyzer, Rule

__all__ = ["PylintAnalyzer", "catalogue", "groups", "quality_analyzers", "quality_rules"]


@hookimpl
def quality_analyzers() -> Iterable[Analyzer]:
    """The analyzer."""
    return (PylintAnalyzer(),)


@hookimpl
def quality_rules() -> Iterable[Rule]:
    """One rule for each message."""
    return catalogue()
