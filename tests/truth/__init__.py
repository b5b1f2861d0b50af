"""Whether what the portal says of random clusters is true.

How many clusters are made up: a few hundred, always the same, in `make test`; thousands of
new ones in `make fuzz`, whose finds are kept as examples in `test_kept.py`. Said here and
not in a conftest, as tests elsewhere import from this package before pytest reads one.
"""

import os

from hypothesis import HealthCheck, settings

#: The one fixture is the database, which each example leaves as it found it.
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}

settings.register_profile("test", max_examples=120, derandomize=True, **COMMON)
settings.register_profile("fuzz", max_examples=int(os.environ.get("CLUSTERS", "1500")), print_blob=True, **COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))
