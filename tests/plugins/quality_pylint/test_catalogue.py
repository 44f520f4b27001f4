from __future__ import annotations

from quality.model import Rule
from quality_pylint import catalogue, groups
from quality_pylint._linter import make_linter

DIMENSIONS = {"reliability", "structure", "clarity", "efficiency", "security", "complexity"}


def names(rules):
    return {rule.id.removeprefix("pylint:") for rule in rules}


def test_every_message_of_pylint_has_an_entry_and_every_entry_a_message():
    known = {message.symbol for message in make_linter(()).msgs_store.messages}
    assert sorted(known - names(catalogue())) == [], "messages without an entry"
    assert sorted(names(catalogue()) - known) == [], "entries without a message"


def test_entries_say_where_they_belong_and_why():
    for rule in catalogue():
        assert rule.dimension in DIMENSIONS, rule.id
        assert rule.analyzer == rule.namespace == "pylint"
        assert rule.title[:1].strip(), rule.id
        assert not rule.title.endswith("."), rule.id
        assert rule.why.endswith("."), rule.id
        assert 0 <= rule.effort <= 60, rule.id


def test_titles_are_phrases_and_whys_are_short_sentences():
    assert [rule.id for rule in catalogue() if len(rule.title) > 60 or len(rule.why) > 110] == []


def test_what_pylint_calls_an_error_is_reliability_or_security():
    errors = {message.symbol for message in make_linter(()).msgs_store.messages if message.msgid[0] == "E"}
    odd = [rule.id for rule in catalogue() if rule.id.partition(":")[2] in errors]
    places = {rule.dimension for rule in catalogue() if rule.id in odd}
    assert places == {"reliability", "security"}


def test_size_and_branching_name_the_measure_that_charges_them():
    measured = [rule for rule in catalogue() if rule.dimension == "complexity"]
    assert {rule.id for rule in measured} == groups()["measured"]
    assert all(rule.equivalents[0].startswith("radon:") for rule in measured)


def test_names_weigh_less_than_other_findings():
    light = {rule.id: rule.weight for rule in catalogue() if rule.weight != 1}
    assert light["pylint:invalid-name"] == light["pylint:redefined-builtin"] == 0.4
    assert min(light.values()) == 0.4
    assert max(light.values()) < 1


def test_groups_name_existing_rules():
    known = {rule.id for rule in catalogue()}
    assert {reason: sorted(ids - known) for reason, ids in groups().items() if ids - known} == {}


def test_the_catalogue_is_sorted_and_of_rules():
    ids = [rule.id for rule in catalogue()]
    assert ids == sorted(ids)
    assert all(isinstance(rule, Rule) for rule in catalogue())


def test_every_message_is_also_known_by_its_number():
    numbers = {message.symbol: message.msgid for message in make_linter(()).msgs_store.messages}
    assert {rule.id.partition(":")[2]: rule.aliases[0] for rule in catalogue()} == numbers


def test_no_two_messages_share_a_number():
    # Type checkers have one name for several of them.
    codes = [code for rule in catalogue() for code in rule.aliases if any(map(str.isdigit, code))]
    assert sorted(codes) == sorted(set(codes))
