"""Simulated selfies and attacks: the same for the same seed, and each species is what it says."""

import numpy as np
import pytest
from PIL import Image

from demo.specimens.attacks import GENUINE, SPECIES, present

pytestmark = pytest.mark.slow

# of the astronaut, 512 x 512
BOX = (178.0, 62.0, 89.0, 113.0)


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    """No face is needed to lay a picture out: a light oval on a dark ground."""
    y, x = np.mgrid[:512, :512]
    oval = ((x - 222) / 60) ** 2 + ((y - 118) / 75) ** 2 < 1
    return Image.fromarray(np.where(oval[..., None], (210, 170, 150), (50, 60, 80)).astype(np.uint8))


@pytest.mark.parametrize("species", [*GENUINE, *SPECIES])
def test_the_same_seed_makes_the_same_picture(photo, species):
    one, again, other = (np.asarray(present(photo, BOX, species=species, seed=seed)) for seed in (3, 3, 4))
    assert np.array_equal(one, again)
    assert one.shape != other.shape or not np.array_equal(one, other)
    assert min(one.shape[:2]) >= 150
    assert max(one.shape[:2]) <= 1920


def test_a_species_that_is_not_simulated_is_refused(photo):
    with pytest.raises(ValueError, match="print_with_border"):
        present(photo, BOX, species="mask", seed=0)
