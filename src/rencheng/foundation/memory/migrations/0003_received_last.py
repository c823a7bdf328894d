from django.db import migrations

import rencheng.foundation.memory.fields


class Migration(migrations.Migration):
    dependencies = [("memory", "0002_stewardship")]

    operations = [
        migrations.AddField(
            model_name="figure",
            name="received_at",
            # Figures made before this column was there are the oldest; a rebuild dates them.
            field=rencheng.foundation.memory.fields.InstantField(default=0),
            preserve_default=False,
        ),
    ]
