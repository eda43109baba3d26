"""The 31 standardised cancer pathways as the demo plays them.

National yearly volumes: the regional cancer centres' pages where they give one
(prostate, breast, colorectal, lung, bladder, lymphoma, KLL, thyroid, testis, AML,
vulva), otherwise round guesses of a plausible size.
"""

from dataclasses import dataclass

MEASURED = {
    "50": "kirurgi",
    "52": "lakemedel",
    "54": "stralning",
    "58": "palliativ",
    "59": "annan",
    "60": "exspektans",
    "73": "ingen_ytterligare_atgard",
}
"""KVÅ suffix -> ending, for the endings that the lead time is measured to."""

STARTED_TREATMENT = ("50", "52", "54", "58", "59", "60")
CLOSING_TALK = ("72", "78")
"""End points of the pathway for serious unspecific symptoms, and only there."""

UNSPECIFIC = "allvarliga_ospecifika_symtom"

BLEKINGE_SHARE = 0.015
"""Blekinge's share of Sweden's cases."""


@dataclass(frozen=True, slots=True)
class Pathway:
    """A pathway as the demo plays it.

    Attributes:
        id: Its slug.
        prefix: KVÅ category. `VX` and `VY` are made up: no such section exists, and
            the real category of these pathways was not found.
        yearly_cases: New cases in Sweden in a year.
        specialty: The clinic that reports it.
        ease: How its share within the maximum differs from the region's, in logits.
        endings: KVÅ suffix -> weight, among the endings that are measured.
        share_women: Fraction.
        age: Mean age in years.
        max_days: Maximum lead time of the ordinary kind; synthetic if not found.
        inclusion: Its inclusion relative to the region's.
    """

    id: str
    prefix: str
    yearly_cases: int
    specialty: str
    ease: float
    endings: dict[str, float]
    share_women: float
    age: int
    max_days: int
    inclusion: float = 1.0

    @property
    def expected_a_quarter(self) -> float:
        """Cases expected in Blekinge in a quarter."""
        return self.yearly_cases * BLEKINGE_SHARE / 4


_SURGERY = {"50": 78.0, "52": 10.0, "54": 4.0, "58": 8.0}
_MOSTLY_MEDICINE = {"50": 22.0, "52": 48.0, "54": 14.0, "58": 16.0}
_BLOOD = {"52": 72.0, "54": 6.0, "58": 6.0, "60": 16.0}
_PROSTATE = {"50": 26.0, "52": 20.0, "54": 16.0, "58": 4.0, "60": 34.0}
_BLADDER = {"50": 60.0, "52": 14.0, "54": 6.0, "58": 8.0, "73": 12.0}
_COLORECTAL = {"50": 62.0, "52": 10.0, "54": 8.0, "58": 8.0, "59": 3.0, "73": 9.0}
_SKIN = {"50": 96.0, "52": 3.0, "58": 1.0}
_TALK = {"78": 78.0, "72": 22.0}

_WOMEN = "kvinnosjukvard"

PATHWAYS = (
    Pathway("aml", "VX0", 325, "medicin", 1.0, _BLOOD, 0.46, 71, 9),
    Pathway("all", "VX1", 90, "medicin", 1.0, _BLOOD, 0.45, 55, 9),
    Pathway("huvud_hals", "VA9", 1700, "onh", -0.3, _MOSTLY_MEDICINE, 0.33, 67, 30),
    Pathway("matstrupe_magsack", "VB0", 1300, "kirurgi", -0.2, _MOSTLY_MEDICINE,
            0.35, 71, 35),
    Pathway("prostata", "VJ1", 10400, "kirurgi", -0.1, _PROSTATE, 0.0, 69, 60),
    Pathway("urinblasa_urinvagar", "VK1", 2650, "kirurgi", -1.3, _BLADDER, 0.26, 73,
            37),
    Pathway(UNSPECIFIC, "VP8", 3000, "medicin", 0.7, _TALK, 0.52, 70, 22),
    Pathway("brost", "VG9", 8000, "kirurgi", 0.4, _SURGERY, 0.99, 65, 28),
    Pathway("bukspottkortel", "VB6", 1500, "kirurgi", -0.1, _MOSTLY_MEDICINE, 0.5,
            71, 33, 0.9),
    Pathway("gallblasa_gallgang", "VB5", 500, "kirurgi", -0.2, _MOSTLY_MEDICINE, 0.6,
            71, 36, 0.7),
    Pathway("okand_primartumor", "VX3", 900, "medicin", 0.1, _MOSTLY_MEDICINE, 0.5,
            73, 32, 0.8),
    Pathway("hjarntumor", "VL2", 700, "medicin", 0.4, _SURGERY, 0.43, 62, 21, 0.8),
    Pathway("lever", "VB4", 550, "kirurgi", -0.4, _MOSTLY_MEDICINE, 0.3, 70, 40, 0.8),
    Pathway("lunga", "VC0", 4100, "medicin", -0.2, _MOSTLY_MEDICINE, 0.52, 71, 42),
    Pathway("lymfom", "VX4", 1900, "medicin", 0.2, _BLOOD | {"59": 8.0}, 0.44, 69, 30),
    Pathway("melanom", "VE0", 4500, "hud", 0.5, _SKIN, 0.48, 66, 31, 1.1),
    Pathway("myelom", "VX5", 700, "medicin", 0.1, _BLOOD, 0.43, 72, 30, 0.9),
    Pathway("tjock_andtarm", "VB2", 6000, "kirurgi", -0.3, _COLORECTAL, 0.47, 72, 39,
            0.95),
    Pathway("aggstock", "VH4", 700, _WOMEN, -0.1, _SURGERY, 1.0, 66, 26),
    Pathway("anal", "VX6", 170, "kirurgi", -0.2, _MOSTLY_MEDICINE, 0.7, 67, 40),
    Pathway("kll", "VX7", 500, "medicin", 0.4, _BLOOD, 0.38, 71, 30),
    Pathway("livmoderhals", "VH2", 550, _WOMEN, -0.1, _SURGERY, 1.0, 53, 35),
    Pathway("livmoderkropp", "VX8", 1400, _WOMEN, -0.1, _SURGERY, 1.0, 69, 32),
    Pathway("njure", "VX9", 1200, "kirurgi", -0.4, _SURGERY, 0.36, 68, 47, 0.9),
    Pathway("penis", "VY0", 140, "kirurgi", -0.1, _SURGERY, 0.0, 69, 35),
    Pathway("skelett_mjukdelssarkom", "VY1", 350, "ortopedi", -0.3, _SURGERY, 0.45,
            62, 43, 0.9),
    Pathway("skoldkortel", "VY2", 550, "onh", -0.2, _SURGERY, 0.72, 54, 42, 0.9),
    Pathway("testikel", "VY3", 340, "kirurgi", 0.6, _SURGERY, 0.0, 36, 21, 1.05),
    Pathway("vulva", "VY4", 150, _WOMEN, -0.1, _SURGERY, 1.0, 72, 30, 1.1),
    Pathway("neuroendokrina_buktumorer", "VY5", 400, "kirurgi", -0.1, _SURGERY, 0.48,
            65, 44, 0.9),
    Pathway("buksarkom", "VY6", 250, "kirurgi", -0.2, _SURGERY, 0.5, 66, 42, 0.9),
)  # fmt: skip
