"""Which words are worth remembering: the first ones, and of the others those that come again.

Of the words of news one in twenty is seen for the first time, and so it goes on for ever; most of
these never come back. What remembers all of them grows long after it has stopped to be of use.
"""

from collections.abc import Collection, Hashable
from typing import Generic, TypeVar

_Word = TypeVar("_Word", bound=Hashable)


class Regulars(Generic[_Word]):
    """The words that are remembered, up to a limit, and some of those that were seen once."""

    def __init__(self, at_once: int, most: int) -> None:
        """Begins without any.

        Args:
            at_once: How many are taken the first time they are seen.
            most: How many are taken at all.
        """
        self._at_once = at_once
        self._most = most
        self._taken = 0
        self._once: set[int] = set()

    def take(self, new: Collection[_Word]) -> list[_Word]:
        """Chooses what to remember.

        Args:
            new: Words that are not remembered, each once.

        Returns:
            Those to remember from now on, in order.
        """
        if self._taken >= self._most:
            return []
        room = self._at_once - self._taken
        taken: list[_Word] = []
        for word in new:
            seen = hash(word)
            if len(taken) < room or seen in self._once:
                taken.append(word)
                self._once.discard(seen)
            else:
                self._once.add(seen)
        del taken[self._most - self._taken :]
        self._taken += len(taken)
        # Emptied in time, it holds what was seen lately; and nothing more when nothing is taken.
        if len(self._once) > self._at_once or self._taken >= self._most:
            self._once.clear()
        return taken
