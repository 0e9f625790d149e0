"""What only the desk's own templates may say. Load it with {% load desk %}."""

from django import template

from handrail.web.work import title_of

register = template.Library()
register.filter("work_title", title_of)
