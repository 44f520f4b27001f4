"""All fixes, in the order in which they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality_rules._fixes import branches, conversions, pairs, statements, unsafe, values

if TYPE_CHECKING:
    from quality.rules import Fix

__all__ = ["FIXES"]

#: Where two fix one node, the one that leaves more to do, or leaves out more, goes first.
FIXES: tuple[Fix, ...] = (
    branches.BooleanResult(),
    branches.ElseAfterJump(),
    branches.ElseIf(),
    branches.GuardClause(),
    branches.JoinedBlocks(),
    branches.SwappedBranches(),
    conversions.WithoutCopy(),
    conversions.DirectCollection(),
    pairs.ReturnedCondition(),
    pairs.ReturnedValue(),
    statements.EmptyStatement(),
    statements.GlobalWithoutAssignment(),
    statements.ObjectAsBase(),
    statements.SuperWithoutArguments(),
    statements.UselessReturn(),
    values.ChainedComparison(),
    values.CopyInsteadOfComprehension(),
    values.GeneratorInsteadOfList(),
    values.LiteralInsteadOfCall(),
    values.MembershipInsteadOfComparisons(),
    values.MergedIsinstance(),
    values.TextWithoutValues(),
    branches.SwappedInequality(),
    conversions.Extreme(),
    conversions.FormattedText(),
    conversions.FreshElements(),
    conversions.LinesOfFile(),
    pairs.FilledCollection(),
    pairs.FoundTotal(),
    unsafe.CauseOfException(),
    unsafe.EncodingOfFiles(),
    unsafe.FunctionInsteadOfLambda(),
    values.GeneratorThatStopsEarly(),
    unsafe.IdentityWithNone(),
    unsafe.IterationOverKeys(),
    unsafe.MutableDefault(),
    unsafe.SafeYaml(),
    unsafe.UnusedImport(),
    unsafe.YieldFrom(),
)
