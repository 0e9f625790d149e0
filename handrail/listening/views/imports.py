"""Bringing posts in by the page: choose a file, match its columns, check, put it in, and put it back."""

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.words import counted
from handrail.listening import actions, reads
from handrail.listening.actions import may_import_posts
from handrail.listening.forms import PostFileForm
from handrail.listening.models import PostImport
from handrail.people.guard import guarded, person_of

SAMPLE = "id,date,text,author,language,network,place\n" + (
    '1,2026-11-02 08:14,"Breakfast at the harbour house was lovely, thank you",guest_one,en,mastodon,Galway\n'
    "2,2026-11-02 09:40,The lift is out of order again,guest_two,en,forum,Lisbon\n"
)


@guarded(may_import_posts)
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Choose a file, and see the earlier ones."""
    form = PostFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = actions.choose_file(file.chunks(), file.name, by=person_of(request))
        except BadInput as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("listening:import", pk=row.pk)
    earlier = PostImport.objects.select_related("by")[:30]
    status = 422 if form.errors else 200
    return render(request, "listening/imports.html", {"form": form, "earlier": earlier}, status=status)


@guarded(may_import_posts)
@require_GET
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: before it goes in, while it does, and after."""
    return _show(request, get_object_or_404(PostImport.objects.select_related("by"), pk=pk))


@guarded(may_import_posts)
@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file by other columns, and check again."""
    row = get_object_or_404(PostImport, pk=pk)
    matches = {
        int(name.removeprefix("column-")): str(field)
        for name, field in request.POST.items()
        if name.startswith("column-") and name.removeprefix("column-").isdecimal() and field
    }
    try:
        actions.match_columns(row, matches, request.POST.get("date_order", ""), by=person_of(request))
    except BadInput as refusal:
        return _show(request, row, refusal, chosen=matches)
    return redirect("listening:import", pk=pk)


@guarded(may_import_posts)
@require_POST
def put_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the file in: a small one at once, a large one by a worker."""
    row = get_object_or_404(PostImport, pk=pk)
    try:
        actions.start_import(row, by=person_of(request))
    except BadInput as refusal:
        row.refresh_from_db()
        return _show(request, row, refusal)
    return redirect("listening:import", pk=pk)


@guarded(may_import_posts)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a file on its way in."""
    actions.stop_import(get_object_or_404(PostImport, pk=pk), by=person_of(request))
    return redirect("listening:import", pk=pk)


@guarded(may_import_posts)
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file's posts out again, or give a chosen file up."""
    row = get_object_or_404(PostImport, pk=pk)
    posts = actions.forget_import(row, by=person_of(request))
    gone = f"{counted(posts, 'post')} of “{row.name}” went out again." if posts else f"“{row.name}” is given up."
    messages.success(request, gone)
    return redirect("listening:imports")


@guarded(may_import_posts)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a file has come, alone; when it is done the page opens anew."""
    row = get_object_or_404(PostImport, pk=pk)
    if not row.is_moving:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "listening/_progress.html", {"row": row})


@guarded(may_import_posts)
@require_GET
def bad_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that did not go in, as CSV."""
    row = get_object_or_404(PostImport, pk=pk)
    response = csv_answer("rows-to-mend.csv")
    writer = csv.writer(response)
    writer.writerow(["line", "column", "cell", "what is wrong"])
    bad = reads.bad_rows_of(row)
    writer.writerows([each.line, each.column, safe_cell(each.cell), each.reason] for each in bad)
    return response


@guarded(may_import_posts)
@require_GET
def sample_csv(request: HttpRequest) -> HttpResponse:
    """A small file that reads at once, to see the shape."""
    response = csv_answer("posts-sample.csv")
    response.write(SAMPLE)
    return response


def _show(
    request: HttpRequest, row: PostImport, refusal: BadInput | None = None, chosen: dict[int, str] | None = None
) -> HttpResponse:
    shown: dict[str, Any] = {"row": row, "refusal": refusal}
    try:
        shown |= reads.import_page(row, chosen)
    except BadInput as error:
        shown["refusal"] = refusal or error
        shown |= reads.import_page(row, chosen, check=False)
    return render(request, "listening/import.html", shown, status=422 if refusal else 200)
