"""Words as they are compared: without case, accents and what stands between them."""

import re
from unicodedata import combining, normalize


def folded(text: str) -> str:
    """Return a word or a heading as it is compared: `Kön (K/M)` as `kon_k_m`.

    Lower case, letters without their marks, one `_` for all that is no letter or digit,
    and without a word for "and". `folded_in_sql` does the same.
    """
    parted = normalize("NFKD", text.lower())
    letters = "".join(sign for sign in parted if not combining(sign))
    joined = re.sub("[^a-z0-9]+", "_", letters).strip("_")
    return re.sub("_(och|and)(?=_)", "", joined)


def folded_in_sql(text: str) -> str:
    """Return SQL of a text as it is compared; see `folded`."""
    joined = f"regexp_replace(strip_accents(lower({text})), '[^a-z0-9]+', '_', 'g')"
    return f"regexp_replace(trim({joined}, '_'), '_(och|and)_', '_', 'g')"
