"""Rows 17 and 18: what is known of a write that may have been executed."""

from __future__ import annotations

import pickle

import pytest
from msgspec import structs

from generator.runtime.errors import (
    ConfigurationError,
    OutcomeUnknownError,
    UnprocessableEntityError,
)
from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve

from .support import (
    DUPLICATE,
    FLAVORS,
    HEALTHY,
    KEY,
    SECRET,
    WRITE,
    Reason,
    calling,
    faulty,
)


@FLAVORS
def test_row_17_duplicate_unique_id_is_evidence(flavor: str) -> None:
    exchange = Exchange({KEY: SECRET})
    exchange.answers["POST", WRITE.path] = (422, DUPLICATE)
    with serve(exchange) as server, calling(flavor, server.url) as caller:
        error = caller.outcome("write")
    assert isinstance(error, UnprocessableEntityError)
    assert error.reason is Reason.DUPLICATE
    assert "accepted" in (OutcomeUnknownError.__doc__ or "")
    assert len(exchange.records) == 1


@FLAVORS
def test_row_18_reconcile_reads_the_history(flavor: str) -> None:
    with faulty("reset", "healthy") as (server, url), calling(flavor, url) as caller:
        error = caller.outcome("write", unique_id="mine")
        assert isinstance(error, OutcomeUnknownError)
        assert caller.run(error.reconcile()) == HEALTHY
    assert server.count("write") == server.count("history") == 1
    assert server.exchange.records[-1].fields["uniqueId"] == "mine"


@FLAVORS
def test_row_18_reconcile_takes_the_field_of_the_call_as_it_is_spelled(
    flavor: str,
) -> None:
    named = ("main_account.get_history", "unique_id", "X-OID")
    odd = structs.replace(WRITE, reconcile=named)
    with faulty("reset", "healthy") as (server, url), calling(flavor, url) as caller:
        with pytest.raises(OutcomeUnknownError) as caught:
            caller.run(caller.client.main_account._call(odd, body={"X-OID": "mine"}))
        assert caller.run(caught.value.reconcile()) == HEALTHY
    assert server.exchange.records[-1].fields["uniqueId"] == "mine"


@FLAVORS
def test_row_18_reconcile_looks_up_no_mask(flavor: str) -> None:
    """It would find nothing, which looks as if nothing had been executed."""
    named = ("main_account.get_history", "unique_id", "clientToken")
    odd = structs.replace(WRITE, reconcile=named)
    with faulty("reset", "healthy") as (server, url), calling(flavor, url) as caller:
        with pytest.raises(OutcomeUnknownError) as caught:
            body = {"clientToken": "mine"}
            caller.run(caller.client.main_account._call(odd, body=body))
        assert caught.value.request == {"clientToken": "***"}
        with pytest.raises(ConfigurationError, match="unique_id looks secret"):
            caller.run(caught.value.reconcile())
    assert server.count("history") == 0


@FLAVORS
def test_row_18_reconcile_needs_a_history_and_a_value(flavor: str) -> None:
    with faulty("reset") as (_, url), calling(flavor, url) as caller:
        error = caller.outcome("write", unique_id=None)
        with pytest.raises(ConfigurationError, match="unique_id"):
            error.reconcile()
        alone = structs.replace(WRITE, reconcile=None)
        with pytest.raises(OutcomeUnknownError) as caught:
            caller.run(caller.client.main_account._call(alone, body={}))
        with pytest.raises(ConfigurationError, match="no history"):
            caught.value.reconcile()
        error = caller.outcome("write")
        copy = pickle.loads(pickle.dumps(error))
        assert copy == error
        with pytest.raises(ConfigurationError, match="no history"):
            copy.reconcile()


@FLAVORS
def test_row_18_a_call_repeated_by_hand_keeps_its_unique_id(flavor: str) -> None:
    with faulty("reset", "healthy") as (server, url), calling(flavor, url) as caller:
        error = caller.outcome("write", unique_id="mine")
        assert caller.call("write", unique_id=error.unique_id) == HEALTHY
    fields = [record.fields for record in server.exchange.records]
    assert [one["uniqueId"] for one in fields] == ["mine", "mine"]
    assert fields[0]["nonce"] != fields[1]["nonce"]
