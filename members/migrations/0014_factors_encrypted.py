"""The secrets of second factors are encrypted; each column of them stays readable to the adapter either way."""

from django.db import migrations

from members.secrets_at_rest import MARK, decrypt, encrypt

SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def _rewrite(apps, turn):
    for factor in apps.get_model("mfa", "Authenticator").objects.filter(type__in=SECRETS):
        name = SECRETS[factor.type]
        data = dict(factor.data)
        if name in data:
            data[name] = turn(data[name])
        if "migrated_codes" in data:
            data["migrated_codes"] = [turn(code) for code in data["migrated_codes"]]
        factor.data = data
        factor.save(update_fields=["data"])


def encrypted(apps, schema_editor):
    _rewrite(apps, lambda kept: kept if kept.startswith(MARK) else encrypt(kept))


def plain(apps, schema_editor):
    _rewrite(apps, decrypt)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0013_second_factor_demanded"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypted, plain)]
