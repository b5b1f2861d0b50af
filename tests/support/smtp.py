"""A mail server on this machine that refuses, hangs and dies when told to."""

import asyncio
import email
import email.policy
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller

REFUSED = "khong-co@example.vn"


class Office:
    """Takes mail as its `mood` allows; `taken` are the messages it answered with 250, or kept without an answer."""

    def __init__(self):
        self.taken, self.mood, self.seen = [], "", 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.seen += 1
        if self.mood == "hangs":
            await asyncio.sleep(30)
        if self.mood == "hangs up":
            server.transport.abort()
            await asyncio.sleep(30)
        if self.mood == "tries later":
            return "451 try again later"
        if address == REFUSED:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mood == "dislikes the text":
            return "554 looks like spam"
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if self.mood == "reads slowly":
            await asyncio.sleep(1)
        if self.mood == "dies with the text":
            server.transport.abort()
            await asyncio.sleep(30)
        return "250 OK"

    @property
    def addresses(self):
        return [message["To"] for message in self.taken]


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextmanager
def serving(office, port):
    """The server answers on the port, until the end of the block."""
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
