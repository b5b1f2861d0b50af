"""Whoever prepared a document, or changed it last, is not who approves it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('reports', '0015_who_changed_drafts_last'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='documentdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_off_fingerprint', ''), ('status__in', ('draft', 'submitted'))), models.Q(models.Q(('status__in', ('draft', 'submitted')), _negated=True), models.Q(('signed_off_fingerprint', ''), _negated=True)), _connector='OR'), name='signed_off_draft_names_its_figures'),
        ),
        migrations.AddConstraint(
            model_name='documentdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approver__isnull', False), ('status', 'submitted')), models.Q(models.Q(('status', 'submitted'), _negated=True), ('approver__isnull', True)), _connector='OR'), name='submitted_draft_names_its_approver'),
        ),
        migrations.AddConstraint(
            model_name='documentdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approver', models.F('created_by')), _negated=True), models.Q(('approver', models.F('changed_by')), _negated=True)), name='draft_lies_before_another'),
        ),
        migrations.AddConstraint(
            model_name='documentdraft',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('draft', 'submitted')), ('is_of_one_hand', True), models.Q(('signed_off_by__isnull', False), models.Q(('signed_off_by', models.F('created_by')), _negated=True), models.Q(('signed_off_by', models.F('changed_by')), _negated=True)), _connector='OR'), name='nobody_approves_own_work'),
        ),
        migrations.AddConstraint(
            model_name='issueddocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_off_by', models.F('prepared_by')), _negated=True), models.Q(('signed_off_by', models.F('changed_by')), _negated=True)), name='issued_by_more_than_one_hand'),
        ),
        migrations.AddConstraint(
            model_name='approvaldeputy',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='deputy_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='approvaldeputy',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('given_by')), _negated=True), name='nobody_makes_themselves_deputy'),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('draft',), name='one_open_request_a_draft'),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.CheckConstraint(condition=models.Q(('approver', models.F('asked_by')), _negated=True), name='nobody_is_asked_by_themselves'),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='decided_request_says_when'),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ('approved', 'returned')), _negated=True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='nobody_decides_on_their_own_request'),
        ),
    ]
