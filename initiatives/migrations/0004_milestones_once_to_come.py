from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0003_reading_by_due_day'),
        ('publishing', '0005_link_indexes'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='milestoneedition',
            index=models.Index(condition=models.Q(('tombstone', False), ('kind', 'promise'), ('result', 'scheduled')), fields=['due_by', 'id'], name='milestones_once_to_come'),
        ),
    ]
