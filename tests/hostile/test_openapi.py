"""Requests as the OpenAPI description allows them, and as it does not."""

from __future__ import annotations

from contextlib import suppress

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from serving import Service


def test_no_answer_is_a_server_error(service: Service) -> None:
    description = schemathesis.openapi.from_url(f"{service.url}/openapi.json")
    operations = [result.ok() for result in description.get_all_operations()]
    assert len(operations) > 8
    asked = 0
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @settings(
                max_examples=10,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def send(case: schemathesis.Case) -> None:
                nonlocal asked
                answer = case.call(base_url=service.url)
                asked += 1
                assert answer.status_code < 500 or answer.status_code in (503, 504), (
                    case.as_curl_command(),
                    answer.text[:500],
                )

            # An operation that takes nothing cannot be asked wrongly.
            with suppress(Unsatisfiable):
                send()
    assert asked > 100
