"""Descriptions become plain text: no markup survives."""

import pytest

from jobscraper.normalise.description import plain_text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("One<br>Two", "One\nTwo"),
        ("Apply by noon.</br>Interviews follow.", "Apply by noon.\nInterviews follow."),
        (
            "<p>Apply by noon.</BR >Interviews follow.</br/>Bring proof.</p>",
            "Apply by noon.\nInterviews follow.\nBring proof.",
        ),
        ("Apply by noon.&lt;/br&gt;Interviews follow.", "Apply by noon.\nInterviews follow."),
        ("One</broken>Two", "OneTwo"),
        ("&lt;p&gt;Twice &amp;amp; escaped&lt;/p&gt;", "Twice & escaped"),
        ("<p>Hi<script>alert(1)</script></p>", "Hi"),
        ('<a href="javascript:alert(1)">Apply</a>', "Apply"),
        ("Plain text, a < b & c", "Plain text, a < b & c"),
        ("Fish &amp; chips", "Fish & chips"),
        ("   ", None),
        (None, None),
    ],
)
def test_plain_text(printed: str | None, text: str | None) -> None:
    assert plain_text(printed) == text
