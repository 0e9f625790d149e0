"""Scripts planted in a policy: never markup on any of its pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.people.testing import signed_in
from handrail.policy.actions import import_policy
from handrail.policy.testing import published

SCRIPTED = """<!doctype html><html><head><title>Post</title><style>p{color:red}</style></head><body onload="alert(1)">
<h1>Post <img src=x onerror=alert(2)></h1><script>alert('nor me')</script>
<p onclick="alert(3)">Ask <a href="javascript:alert(4)">first</a>.</p>
<p>Write &lt;script&gt;alert(5)&lt;/script&gt; in a post.</p><iframe src="//evil.example"></iframe></body></html>"""

SCRIPTED_MARKDOWN = """# Post <script>alert(1)</script>

Ask <img src=x onerror=alert(2)> [first](javascript:alert(4)).

<script>alert('nor me')</script>

Write `<script>alert(5)</script>` in a post, <b onclick=alert(6)>boldly</b>.
"""


@pytest.mark.parametrize(("name", "text"), [("post.html", SCRIPTED), ("post.md", SCRIPTED_MARKDOWN)])
def test_scripts_in_a_policy_are_never_markup_on_any_of_its_pages(who, name, text) -> None:
    report = import_policy(text.encode(), name, title="Post", by=who.ana)
    published(report.version, who)
    later = import_policy(
        text.replace("boldly", "so").replace("Ask", "Always ask").encode(), name, title="Post", by=who.ana
    )
    client = signed_in(who.ana)
    looked = client.post(
        "/policies/import", {"file": SimpleUploadedFile(name, text.replace("Ask", "Do").encode()), "title": "Post"}
    )
    pages = [looked] + [
        client.get(f"/policies/{end}")
        for end in ("", "post", "post/1", "post/1/review", f"post/{later.version.number}/review", "post/history", "post/1/text.html")
    ]  # fmt: skip
    for page in pages:
        assert page.status_code == 200
        shown = page.content.decode()
        assert "alert(" not in "".join(re.findall(r"<script.*?</script>|<style.*?</style>", shown, re.S))
        assert not re.search(r"<[^>]*\son\w+\s*=", shown)
        assert not re.search(r"(?:href|src)\s*=\s*[\"']?(?:javascript:|//evil|x[\s>])", shown)
        assert "<iframe" not in shown
