"""The outbox: every e-mail is a row, stored with the act that causes it, sent by the worker (decision 13).

`posting` puts letters in, `sending` sends them, `kinds` says what each kind is called
and what follows when one was taken. Nothing else in the house talks to a mail server.
"""
