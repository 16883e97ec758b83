"""Invented people of every kind a card can name: from any county, of any ethnicity, with names short, long, dotted and rare."""

import random

from demo.specimens import people
from demo.specimens.card import IdCard, check_digit
from realname.ids import ethnicities, regions

# Characters of given names that are seldom printed; each is in the everyday font of a card issuer.
RARE = "喆翀堃淼彧骞璟罡犇曌玥禛赟瑨䶮垚昶濬燊頔婠芃祎璈璠珩玘赪骉飏翙颢昇甯麴逄亓仝郗"
_DOTTED = (
    "阿卜杜热合曼·阿布都热西提",
    "买买提·吐尔逊·艾合买提",
    "努尔比耶·奥斯曼",
    "迪丽努尔·艾尼瓦尔",
    "赛福鼎·依明江",
    "乌云毕力格·哈斯巴根",
    "图尔荪古丽·麦提图尔荪",
    "才让东珠·桑杰",
    "古丽巴哈尔·吾布力卡斯木",
)
_UNDOTTED = ("格桑旺堆", "那顺孟和", "斯琴高娃", "岩温罕", "玉香罕", "阿的克哈", "吉克阿木", "沙马日体", "央宗拉姆")
_VILLAGES = ("李家湾村", "东风村", "大塘村", "上坪村", "石门坎村", "罗坳村", "新桥村委会", "阿瓦提村", "塘边村")
_TOWNS = ("城关镇", "沙溪镇", "白马乡", "龙泉街道", "和平镇", "吐鲁沟乡", "牛街镇")
_ENDINGS = ("附1号", "2单元301", "甲3号", "7栋B座1204房", "第3排11号", "后院", "")


def somebody(rng: random.Random) -> IdCard:
    """A card of somebody; the same for a generator in the same state."""
    code = rng.choice(regions.county_codes())
    region = regions.lookup(code)
    sex = rng.choice(("male", "female"))
    ethnicity = rng.choice(("汉",) * 10 + ethnicities.NAMES)
    made = IdCard.make(f"somebody {rng.random()}", name=_name(rng, sex), sex=sex, ethnicity=ethnicity, address=_address(rng, region))
    first_17 = code + made.id_number[6:17]
    fields = {name: getattr(made, name) for name in ("name", "sex", "ethnicity", "birth", "address", "valid_from", "valid_to")}
    return IdCard(**fields, id_number=first_17 + check_digit(first_17), authority=_authority(rng, region))


def _name(rng: random.Random, sex: str) -> str:
    given = rng.choice(people.GIVEN_MALE if sex == "male" else people.GIVEN_FEMALE)
    surname = rng.choice(people.SURNAMES)
    kind = rng.random()
    if kind < 0.12:
        return rng.choice(_DOTTED)
    if kind < 0.2:
        return rng.choice(_UNDOTTED)
    if kind < 0.32:
        return surname + rng.choice(RARE) + rng.choice(("", given[0]))
    return surname + given


def _address(rng: random.Random, region: regions.Region) -> str:
    place = "".join(region.names)
    if rng.random() < 0.5:
        road = f"{rng.choice(people.ROADS)}{rng.randint(1, 1200)}号{rng.choice(people.ESTATES)}"
        flat = f"{rng.randint(1, 28)}号楼{rng.randint(1, 6)}单元{rng.randint(1, 33)}0{rng.randint(1, 8)}室"
        return place + road + rng.choice((flat, rng.choice(_ENDINGS)))
    house = rng.choice(("", f"{rng.randint(1, 180)}号", "附近散户"))
    return f"{place}{rng.choice(_TOWNS)}{rng.choice(_VILLAGES)}{rng.randint(1, 21)}组{house}"


def _authority(rng: random.Random, region: regions.Region) -> str:
    if region.city and region.county.endswith("区"):
        return f"{region.city}公安局{region.county.removesuffix('区') if len(region.county) > 2 else region.county}分局"
    kind = rng.random()
    return f"{region.city if kind < 0.35 else ''}{region.county}公安局"
