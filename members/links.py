"""Links that open an account once: a newer one by the secretariat, or deactivation, ends the older ones."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class LinkTokens(PasswordResetTokenGenerator):
    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        turn = f"turn{user.link_turn}" if user.link_turn else ""  # 0: links sent before turns were counted
        return f"{super()._make_hash_value(user, timestamp)}{turn}"
