"""Mail servers that misbehave, to name in `settings.EMAIL_BACKEND`; what they take lands in Django's `mail.outbox`."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

REFUSED = "khong-co@example.vn"


class Picky(EmailBackend):
    """Takes no mail to the address it refuses, like a server on which a mailbox was closed."""

    def send_messages(self, messages):
        for message in messages:
            if REFUSED in message.to:
                raise SMTPRecipientsRefused({REFUSED: (550, b"no such mailbox")})
        return super().send_messages(messages)


class Tired(EmailBackend):
    """Hangs up after the first mail of a connection."""

    def open(self):
        self.taken_before = len(mail.outbox)

    def send_messages(self, messages):
        if len(mail.outbox) > self.taken_before:
            raise SMTPServerDisconnected
        return super().send_messages(messages)


class Counting(EmailBackend):
    """Counts the connections that were opened."""

    opened = 0

    def open(self):
        type(self).opened += 1
