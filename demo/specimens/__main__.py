"""Writes specimen cards and photographs of them, for trying the product by hand."""

import argparse
from pathlib import Path

from PIL import Image

from demo.specimens import CONDITIONS, IdCard, draw_back, draw_front, photograph, to_jpeg


def main(arguments: list[str] | None = None) -> None:
    """`python -m demo.specimens --out DIR --count N`."""
    options = _parser().parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    portrait = Image.open(options.portrait) if options.portrait else None
    for number in range(options.count):
        seed = options.seed + number
        card = IdCard.make(seed, bad_check_digit=options.bad_check_digit, expired=options.expired)
        print(card.name, card.sex_label, card.ethnicity, card.birth, card.id_number, card.validity_label, card.address, sep="  ")
        for side, drawn in (("front", draw_front(card, portrait)), ("back", draw_back(card))):
            path = options.out / f"specimen-{seed}-{side}-{options.condition}.jpg"
            path.write_bytes(to_jpeg(photograph(drawn, condition=options.condition, seed=seed)))
            print(f"  {path}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo.specimens", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--count", type=int, default=1, help="how many people (default 1)")
    parser.add_argument("--seed", type=int, default=0, help="number of the first person (default 0)")
    parser.add_argument("--portrait", type=Path, help="picture of a head and shoulders; without it a silhouette is drawn")
    parser.add_argument("--condition", choices=CONDITIONS, default="clean", help="how the photograph is taken")
    parser.add_argument("--expired", action="store_true", help="cards whose validity has ended")
    parser.add_argument("--bad-check-digit", action="store_true", help="numbers whose last character is wrong")
    return parser


if __name__ == "__main__":
    main()
