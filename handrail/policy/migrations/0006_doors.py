"""Tables for suggestions that come in through Word and Git."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables for suggestions that come in through Word and Git."""

    dependencies = [("policy", "0005_around"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('edit', 'New words'), ('new', 'A new clause'), ('removed', 'One clause less'), ('moved', 'Another place'), ('heading', 'A heading'), ('remark', 'A remark')], max_length=10)),
                ('clause_key', models.CharField(blank=True, max_length=40)),
                ('after_key', models.CharField(blank=True, max_length=40)),
                ('words', models.TextField(blank=True)),
                ('before', models.TextField(blank=True)),
                ('base_sha', models.CharField(blank=True, max_length=64)),
                ('quote', models.TextField(blank=True)),
                ('form', models.CharField(blank=True, max_length=12)),
                ('level', models.PositiveSmallIntegerField(default=0)),
                ('author_name', models.CharField(blank=True, max_length=200)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('brought_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('door', models.CharField(choices=[('word', 'Word'), ('git', 'Git')], max_length=6)),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('mark', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('open', 'Open'), ('taken', 'Taken'), ('declined', 'Declined')], default='open', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('why', models.CharField(blank=True, max_length=600)),
                ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='policy.version')),
            ],
            options={
                'ordering': ['version', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('version', 'mark'), name='one_open_suggestion_of_its_kind'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'open')), models.Q(('decided_at__isnull', False), ('state__in', ['taken', 'declined'])), _connector='OR'), name='a_settled_suggestion_says_when')],
            },
        ),
    ]
