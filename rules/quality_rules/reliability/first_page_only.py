"""The rule first-page-only."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import Calls
from quality_rules._words import words

#: Operations of AWS that answer page by page, and that nothing else has.
_LISTING = frozenset(
    words(
        "list_objects_v2 list_objects list_object_versions list_multipart_uploads list_users list_roles list_policies "
        "list_attached_role_policies list_functions list_layers list_stacks list_stack_resources list_hosted_zones "
        "list_resource_record_sets list_secrets list_distributions list_aliases list_rules list_metrics list_tables "
        "list_topics list_subscriptions list_streams list_clusters list_services list_tasks describe_stacks describe_alarms "
        "describe_log_groups describe_log_streams filter_log_events describe_db_instances describe_db_snapshots "
        "describe_parameters get_parameters_by_path describe_load_balancers describe_target_groups "
        "describe_auto_scaling_groups"
    )
)
#: Those of a table of DynamoDB, which other things have too.
_OF_TABLES = frozenset({"scan", "query"})
#: What tells that there is more, or asks for it.
_PAGING = frozenset(
    words(
        "ContinuationToken NextContinuationToken NextToken nextToken Marker NextMarker IsTruncated LastEvaluatedKey "
        "ExclusiveStartKey KeyMarker NextKeyMarker StartAfter StartRecordName NextRecordName get_paginator paginate"
    )
)
#: Arguments by which few are asked for.
_FEW = frozenset(words("MaxKeys Limit MaxResults MaxItems MaxRecords limit maxResults Delimiter"))
_ENDS = ("Ids", "Id", "Names", "Name", "Identifier", "Arn", "Arns", "arn", "NamePrefix")
_OPEN = frozenset(
    {"FunctionName", "RoleName", "UserName", "TableName", "HostedZoneId", "Bucket", "IndexName"}
)
_MAKERS = frozenset({"client", "resource", "Table"})


class FirstPageOnly(AstRule):
    """The first page of a listing is taken for all of it.

    ## What it does
    Reports operations of AWS that answer page by page (`list_objects_v2`, `scan` of a table, `describe_log_groups` and others) whose
    answer is gone through or returned in a function that neither asks for the next page nor looks whether there is one.

    What asks for few, or for some by their names, is fine.

    ## Why is this bad
    A page holds a thousand objects, or one megabyte. With little data all is there, and later the rest is missing without an
    error.

    ## Example
    ```python
    import boto3

    def keys(bucket):
        answer = boto3.client("s3").list_objects_v2(Bucket=bucket)
        return [entry["Key"] for entry in answer.get("Contents", [])]
    ```

    ## Use instead
    ```python
    import boto3

    def keys(bucket):
        pages = boto3.client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return [entry["Key"] for page in pages for entry in page.get("Contents", [])]
    ```

    ## References
    - [Boto3 documentation: paginators](https://docs.aws.amazon.com/boto3/latest/guide/paginators.html)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 10
    needs = frozenset({"boto3"})

    VALID = (
        Valid("import boto3\n\ndef f(s3):\n    a = s3.list_objects_v2(Bucket='b', MaxKeys=1)\n    return a['Contents']", "Few"),
        Valid(
            "import boto3\n\ndef f(table):\n    token = {}\n    while True:\n        a = table.scan(**token)\n        yield from a['Items']\n        if 'LastEvaluatedKey' not in a:\n            return"
        ),
        Valid("import boto3\n\ndef f(s3):\n    a = s3.list_objects_v2(Bucket='b', Prefix='p/')\n    return 'Contents' in a", "Is there any?"),
        Valid("import boto3\n\ndef f(rds, i):\n    a = rds.describe_db_instances(DBInstanceIdentifier=i)\n    return a['DBInstances']", "One"),
        Valid("import boto3\n\ndef f(index):\n    for hit in index.query('a'):\n        print(hit)", "Another query"),
        Valid("def f(fs):\n    return fs.list_objects()", "Not of AWS"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "import boto3\n\ntable = boto3.resource('dynamodb').Table('users')\n\ndef names():\n    answer = table.scan()\n    return [item['name'] for item in answer['Items']]",
            ("6:14-6:26 scan() answers with one page: ask for the next ones, with a paginator",),
        ),
        Invalid(
            "import boto3\n\ndef f():\n    groups = boto3.client('logs').describe_log_groups()['logGroups']\n    for group in groups:\n        print(group)",
            (
                "4:14-4:56 describe_log_groups() answers with one page: ask for the next ones, with a paginator",
            ),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        for call, dotted in self.facts.derived(Calls).named(_LISTING | _OF_TABLES):
            word = dotted.rpartition(".")[2]
            if not isinstance(call.func, ast.Attribute) or _asks_for_few(call):
                continue
            if word in _OF_TABLES and not self._is_of_aws(call.func.value):
                continue
            scope = self.facts.function(call) or module
            if not self._pages(scope) and self._is_gone_through(call, scope):
                self.report(call, f"{word}() answers with one page: ask for the next ones, with a paginator")

    def _is_of_aws(self, owner: ast.expr) -> bool:
        """Tells whether something was made by boto3."""
        made = self.facts.only_value(owner)
        if isinstance(made, ast.Name):
            made = self.facts.origins.value(made)
        return (
            isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) and made.func.attr in _MAKERS
        )

    def _pages(self, scope: ast.AST) -> bool:
        """Tells whether a function knows that there are pages."""
        texts = {node.value for node in self.facts.inside(scope, ast.Constant) if isinstance(node.value, str)}
        words_of = {node.attr for node in self.facts.inside(scope, ast.Attribute)}
        keywords = {node.arg for node in self.facts.inside(scope, ast.keyword)}
        return not _PAGING.isdisjoint(texts | words_of | keywords)

    def _is_gone_through(self, call: ast.Call, scope: ast.AST) -> bool:
        """Tells whether what an answer holds is gone through, or returned."""
        held = self._held(call, scope)
        loops = [each.iter for each in self.facts.inside(scope, ast.For)]
        loops += [each.iter for each in self.facts.inside(scope, ast.comprehension)]
        if any(self.facts.contains(each, call) or held & self.facts.names_in(each) for each in loops):
            return True
        returned = [each.value for each in self.facts.inside(scope, ast.Return) if each.value is not None]
        return any(
            self.facts.contains(each, call)
            or (not isinstance(each, ast.Compare) and held & self.facts.names_in(each))
            for each in returned
        )

    def _held(self, call: ast.Call, scope: ast.AST) -> set[str]:
        """The names that an answer, or a part of it, is bound to."""
        held: set[str] = set()
        for node, targets, value in self.facts.assignments:
            if self.facts.contains(scope, node) and (
                self.facts.contains(value, call) or held & self.facts.names_in(value)
            ):
                held |= {target.id for target in targets if isinstance(target, ast.Name)}
        return held


def _asks_for_few(call: ast.Call) -> bool:
    told = {keyword.arg or "" for keyword in call.keywords}
    return "" in told or not told.isdisjoint(_FEW) or any(name.endswith(_ENDS) for name in told - _OPEN)
