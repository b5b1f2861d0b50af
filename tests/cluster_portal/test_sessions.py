"""A session that is over: its cookie goes with a page, never with what a script asks for."""

import pytest


@pytest.mark.parametrize(("mode", "goes"), [("navigate", True), ("cors", False), ("same-origin", False)])
def test_only_a_page_takes_the_cookie_of_a_dead_session_away(client, db, mode, goes):
    client.cookies["sessionid"] = "of-a-session-that-is-over"
    answer = client.get("/", headers={"Sec-Fetch-Mode": mode})
    assert ("sessionid" in answer.cookies and answer.cookies["sessionid"].value == "") is goes
