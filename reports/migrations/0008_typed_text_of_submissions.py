"""What a unit has typed is no document draft: the column says which it is."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0007_signed_copies'),
    ]

    operations = [
        migrations.RenameField(model_name='submission', old_name='draft', new_name='typed'),
    ]
