import datetime
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0002_search_index'),
        ('publishing', '0005_link_indexes'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='milestoneedition',
            name='milestones_to_come',
        ),
        migrations.AddField(
            model_name='milestoneedition',
            name='due_by',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('due_until', models.Value(datetime.date(9999, 12, 31), models.DateField())), output_field=models.DateField()),
        ),
        migrations.AddIndex(
            model_name='fundingedition',
            index=models.Index(condition=models.Q(('tombstone', False)), fields=['-amount_hkd', 'id'], name='funding_ever'),
        ),
        migrations.AddIndex(
            model_name='initiativeedition',
            index=models.Index(condition=models.Q(('tombstone', False)), fields=['slug', 'id'], name='initiatives_ever'),
        ),
        migrations.AddIndex(
            model_name='milestoneedition',
            index=models.Index(condition=models.Q(('live_until__isnull', True), ('tombstone', False), ('kind', 'promise'), ('result', 'scheduled')), fields=['due_by', 'id'], name='milestones_to_come'),
        ),
        migrations.AddIndex(
            model_name='milestoneedition',
            index=models.Index(condition=models.Q(('live_until__isnull', True), ('tombstone', False)), fields=['due_by', 'id'], name='milestones_in_order'),
        ),
        migrations.AddIndex(
            model_name='milestoneedition',
            index=models.Index(condition=models.Q(('tombstone', False)), fields=['due_by', 'id'], name='milestones_ever'),
        ),
    ]
