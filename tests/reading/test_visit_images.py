"""What kind of visit a note tells of, and the images that it cites."""

import pytest

from auditor.reading.pipeline import reader

VISITS = [
    ("initial evaluation", "Initial evaluation 3/4/2026\nS: Low back pain since a fall.\nP: Adjusted L4.", "initial"),
    ("new patient", "NEW PATIENT EXAM\nS: Neck pain for two weeks.\nP: Adjusted C5.", "initial"),
    ("initial visit label", "Visit type: Initial visit\nS: Neck pain.", "initial"),
    ("new episode", "3/4/2026 New episode of low back pain.\nO: L4 restricted.", "initial"),
    ("follow-up", "Follow-up visit 3/4/2026\nS: Feels better.\nP: Adjusted L4.", "subsequent"),
    ("daily note", "Daily note\nS: Neck sore.\nP: Adjusted C5.", "subsequent"),
    ("re-examination", "Re-examination 3/4/2026\nS: Low back 3/10, was 6/10.\nP: Continue 2x/week for 2 weeks.", "subsequent"),
    ("visit of", "S: Better. Visit 4 of 12.\nP: Adjusted L4.", "subsequent"),
    ("nothing said", "S: Neck sore.\nO: C5 restricted.\nP: Adjusted C5.", "subsequent"),
    ("fragment", "Adjusted C5, T4.", "subsequent"),
    ("initial visit of the past", "Daily note\nS: Better since the initial visit.\nP: Adjusted C5.", "subsequent"),
]  # fmt: skip

IMAGES = [
    # modality, taken, shows a subluxation, has a finding, regions
    ("x-ray with all", "Lumbar x-rays taken 2/3/2026 show retrolisthesis of L5.", ("x-ray", "2026-02-03", True, True, {"lumbar"})),
    ("misalignment", "X-rays of the cervical spine dated 1/15/2026: C2 misaligned to the right.", ("x-ray", "2026-01-15", True, True, {"cervical"})),
    ("disc bulge", "MRI of 2/10/2026: L4-5 disc bulge.", ("MRI", "2026-02-10", False, True, {"lumbar"})),
    ("stenosis", "CT scan 1/8/2026 shows stenosis at L4-5.", ("CT", "2026-01-08", False, True, {"lumbar"})),
    ("degeneration", "Cervical x-ray 2/1/2026 reveals degenerative changes.", ("x-ray", "2026-02-01", False, True, {"cervical"})),
    ("month and year", "Lumbar MRI from March 2025 shows a bulge at L4-5.", ("MRI", "2025-03", False, True, {"lumbar"})),
    ("year alone", "Thoracic x-rays in 2024 showed misalignment of T6.", ("x-ray", "2024", True, True, {"thoracic"})),
    ("no date", "Lumbar x-rays show anterolisthesis of L4.", ("x-ray", None, True, True, {"lumbar"})),
    ("no finding", "Lumbar x-rays were taken 2/3/2026.", ("x-ray", "2026-02-03", False, False, {"lumbar"})),
    ("denied", "X-rays of 2/3/2026: no subluxation of the cervical spine.", ("x-ray", "2026-02-03", False, False, {"cervical"})),
    ("normal", "Thoracic x-rays 2/3/2026 unremarkable.", ("x-ray", "2026-02-03", False, True, {"thoracic"})),
]  # fmt: skip

NO_IMAGES = [
    ("ordered", "P: Lumbar x-rays ordered."),
    ("if", "P: Consider an MRI if there is no improvement."),
    ("not taken", "O: X-rays not taken."),
    ("declined", "P: Patient declined x-rays of the neck."),
    ("referral", "P: Refer for MRI of the lumbar spine."),
    ("junction", "O: CT junction tender."),
    ("none", "S: Neck sore.\nP: Adjusted C5."),
]


def by_id(rows):
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


@pytest.mark.parametrize(("text", "visit"), by_id(VISITS))
def test_visit(text, visit):
    assert reader().read(text).visit == visit


@pytest.mark.parametrize(("text", "expected"), by_id(IMAGES))
def test_images(text, expected):
    (image,) = reader().read("O: C5 restricted.\n" + text).images
    assert (image.modality, image.taken, image.shows_subluxation, image.has_finding, set(image.regions)) == expected


@pytest.mark.parametrize("text", by_id(NO_IMAGES))
def test_images_not_taken(text):
    assert reader().read(text).images == ()


@pytest.mark.parametrize(
    ("text", "permanent"),
    [
        ("A: Chronic and permanent condition.", True),
        ("A: The subluxation is chronic and permanent.", True),
        ("A: Chronic low back pain.", False),
    ],
)
def test_condition_that_lets_older_images_count(text, permanent):
    assert bool(reader().read(text).chronic_permanent) is permanent
