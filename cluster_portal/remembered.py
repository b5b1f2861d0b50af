"""What was worked out of the same values is not worked out again, in the process that has done it."""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeVar

from django.utils.translation import get_language

Given = ParamSpec("Given")
Made = TypeVar("Made")


def digest(*values: object) -> str:
    """The same for what holds the same plain values; it covers all that the values hold, however deep.

    Equal values may have two digests, as two sets whose members came in another order: then work is done twice.
    """
    return hashlib.sha256(pickle.dumps(values, protocol=pickle.HIGHEST_PROTOCOL)).hexdigest()


def remembered(most: int) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Of a function whose result depends on nothing but its arguments and the language of the page.

    The results of the last `most` arguments are kept, not copied: only what nobody changes may be handed over.
    Nothing can be out of date: the arguments are read anew each time, and are what a result is found by.
    """

    def decorate(work: Callable[Given, Made]) -> Callable[Given, Made]:
        results: OrderedDict[str, Made] = OrderedDict()
        lock = Lock()

        @wraps(work)
        def recall(*args: Given.args, **kwargs: Given.kwargs) -> Made:
            key = digest(args, sorted(kwargs.items()), get_language())
            with lock:
                if key in results:
                    results.move_to_end(key)
                    return results[key]
            made = work(*args, **kwargs)
            with lock:
                results[key] = made
                while len(results) > most:
                    results.popitem(last=False)
            return made

        return recall

    return decorate
