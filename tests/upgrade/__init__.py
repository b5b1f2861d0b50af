"""What `.ci/check-upgrade` runs: an installation of an earlier commit is filled, walked, migrated, walked again."""
