"""The tree of RFC 9162: known roots, every proof holds, nothing else does."""

import pytest

from realname.trail import merkle

# the inputs and roots of the reference implementation of Certificate Transparency (merkle tree test vectors)
INPUTS = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def leaves_of(count: int) -> list[bytes]:
    return [merkle.leaf_hash(content) for content in INPUTS[:count]]


@pytest.mark.parametrize(("count", "expected"), ROOTS.items())
def test_root_is_that_of_the_reference(count, expected):
    """RFC 9162, 2.1.1."""
    assert merkle.root(leaves_of(count)).hex() == expected


@pytest.mark.parametrize("size", [*range(1, 20), 33])
def test_every_leaf_has_a_proof_that_holds_for_it_alone(size):
    """RFC 9162, 2.1.3: the path proves this leaf at this place, and no other."""
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    root = merkle.root(leaves)
    for index, leaf in enumerate(leaves):
        path = merkle.inclusion_path(leaves, index)
        assert merkle.root_from_path(leaf, index=index, size=size, path=path) == root
        assert merkle.root_from_path(merkle.leaf_hash(b"forged"), index=index, size=size, path=path) != root
        assert merkle.root_from_path(leaf, index=index, size=size, path=[*path, root]) is None
        for other in set(range(size)) - {index}:
            assert merkle.root_from_path(leaf, index=other, size=size, path=path) != root


def test_a_leaf_that_is_not_there_has_no_proof():
    with pytest.raises(IndexError):
        merkle.inclusion_path(leaves_of(3), 3)
    assert merkle.root_from_path(b"", index=3, size=3, path=[]) is None
