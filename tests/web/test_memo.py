"""What is worked out once for each state of a store."""

from __future__ import annotations

from tocsin.web.memo import Memo


def test_a_value_that_is_put_in_is_found_as_long_as_the_state_holds() -> None:
    memo = Memo(most=2)
    memo.put("1", "early", 0)  # nobody has asked of this state yet
    assert memo.get("1", "a", lambda: 1) == 1
    memo.put("1", "b", 2)
    memo.put("0", "c", 3)
    assert [memo.peek("1", key) for key in ("early", "a", "b", "c")] == [None, 1, 2, None]
    memo.put("1", "d", 4)
    assert memo.peek("1", "a") is None
    assert memo.get("2", "b", lambda: 5) == 5
