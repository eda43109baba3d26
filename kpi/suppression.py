"""Which parts of a shown whole to hide, so that no small count can be worked out."""

from collections.abc import Sequence


def withheld(counts: Sequence[int], minimum: int) -> frozenset[int]:
    """Return the places of the counts to hide.

    Counts from 1 to below the minimum are hidden. A reader can work out what is hidden
    together, as the whole less what is shown, so that must not be too few either: as
    long as it is, the smallest part still shown is hidden as well. A zero hides nothing
    and stays.

    Args:
        counts: The parts of one whole, whose sum is known to the reader.
        minimum: The fewest to show, at least 1.

    Source:
        Hundepool et al. (2012), Statistical Disclosure Control, Wiley: primary and
        secondary suppression of the cells of a table with known margins.
    """
    rising = sorted(
        (at for at, count in enumerate(counts) if count), key=counts.__getitem__
    )
    hidden = [at for at in rising if counts[at] < minimum]
    together = sum(counts[at] for at in hidden)
    for at in rising[len(hidden) :]:
        if not 0 < together < minimum:
            break
        hidden.append(at)
        together += counts[at]
    return frozenset(hidden)
