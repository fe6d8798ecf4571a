"""The home of sums in words, as documents have them: four languages, with the gender of the unit.

The library for languages has no numerals with gender and case, and catalogues cannot hold them.
"""

from collections.abc import Callable, Sequence

from domain.money import Money, decimals_of

_M, _F, _N = 0, 1, 2
"""Gender of what is counted."""
_HUNDRED, _THOUSAND, _TWENTY, _TEN = 100, 1000, 20, 10
_Gendered = Sequence[Sequence[str]]


def _list(words: str) -> list[str]:
    return words.split()


_EN_ONES = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_EN_TENS = _list("- - twenty thirty forty fifty sixty seventy eighty ninety")
_EN_BIG = ("", "thousand", "million", "billion", "trillion")

_RU_ONES = _list(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_RU_TENS = _list(
    "- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
)
_RU_HUNDREDS = _list("- сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_UK_ONES = _list(
    "нуль один два три чотири п’ять шість сім вісім дев’ять десять одинадцять дванадцять "
    "тринадцять чотирнадцять п’ятнадцять шістнадцять сімнадцять вісімнадцять дев’ятнадцять"
)
_UK_TENS = _list("- - двадцять тридцять сорок п’ятдесят шістдесят сімдесят вісімдесят дев’яносто")
_UK_HUNDREDS = _list("- сто двісті триста чотириста п’ятсот шістсот сімсот вісімсот дев’ятсот")
_BG_ONES = _list(
    "нула един два три четири пет шест седем осем девет десет единадесет дванадесет тринадесет "
    "четиринадесет петнадесет шестнадесет седемнадесет осемнадесет деветнадесет"
)
_BG_TENS = _list(
    "- - двадесет тридесет четиридесет петдесет шестдесет седемдесет осемдесет деветдесет"
)
_BG_HUNDREDS = _list(
    "- сто двеста триста четиристотин петстотин шестстотин седемстотин осемстотин деветстотин"
)
_GENDERED = {
    "ru": {1: ("один", "одна", "одно"), 2: ("два", "две", "два")},
    "uk": {1: ("один", "одна", "одне"), 2: ("два", "дві", "два")},
    "bg": {1: ("един", "една", "едно"), 2: ("два", "две", "две")},
}
_BIG = {
    "ru": (
        (_F, ("тысяча", "тысячи", "тысяч")),
        (_M, ("миллион", "миллиона", "миллионов")),
        (_M, ("миллиард", "миллиарда", "миллиардов")),
        (_M, ("триллион", "триллиона", "триллионов")),
    ),
    "uk": (
        (_F, ("тисяча", "тисячі", "тисяч")),
        (_M, ("мільйон", "мільйони", "мільйонів")),
        (_M, ("мільярд", "мільярди", "мільярдів")),
        (_M, ("трильйон", "трильйони", "трильйонів")),
    ),
    "bg": (
        (_F, ("хиляда", "хиляди", "хиляди")),
        (_M, ("милион", "милиона", "милиона")),
        (_M, ("милиард", "милиарда", "милиарда")),
        (_M, ("трилион", "трилиона", "трилиона")),
    ),
}
_SLAVIC = {
    "ru": (_RU_ONES, _RU_TENS, _RU_HUNDREDS),
    "uk": (_UK_ONES, _UK_TENS, _UK_HUNDREDS),
    "bg": (_BG_ONES, _BG_TENS, _BG_HUNDREDS),
}
# Gender, then the unit and its hundredth after one, after two to four, and after five.
_UNITS: dict[tuple[str, str], tuple[int, tuple[str, str, str], tuple[str, str, str]]] = {
    ("en", "RUB"): (_M, ("rouble", "roubles", "roubles"), ("kopeck", "kopecks", "kopecks")),
    ("en", "USD"): (_M, ("US dollar", "US dollars", "US dollars"), ("cent", "cents", "cents")),
    ("en", "EUR"): (_M, ("euro", "euros", "euros"), ("cent", "cents", "cents")),
    ("en", "UAH"): (_M, ("hryvnia", "hryvnias", "hryvnias"), ("kopiyka", "kopiykas", "kopiykas")),
    ("en", "BGN"): (_M, ("lev", "leva", "leva"), ("stotinka", "stotinki", "stotinki")),
    ("ru", "RUB"): (_M, ("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")),
    ("ru", "USD"): (
        _M,
        ("доллар США", "доллара США", "долларов США"),
        ("цент", "цента", "центов"),
    ),
    ("ru", "EUR"): (_M, ("евро", "евро", "евро"), ("цент", "цента", "центов")),
    ("ru", "UAH"): (_F, ("гривна", "гривны", "гривен"), ("копейка", "копейки", "копеек")),
    ("ru", "BGN"): (_M, ("лев", "лева", "левов"), ("стотинка", "стотинки", "стотинок")),
    ("uk", "RUB"): (_M, ("рубль", "рублі", "рублів"), ("копійка", "копійки", "копійок")),
    ("uk", "USD"): (
        _M,
        ("долар США", "долари США", "доларів США"),
        ("цент", "центи", "центів"),
    ),
    ("uk", "EUR"): (_M, ("євро", "євро", "євро"), ("цент", "центи", "центів")),
    ("uk", "UAH"): (_F, ("гривня", "гривні", "гривень"), ("копійка", "копійки", "копійок")),
    ("uk", "BGN"): (_M, ("лев", "леви", "левів"), ("стотинка", "стотинки", "стотинок")),
    ("bg", "RUB"): (_F, ("рубла", "рубли", "рубли"), ("копейка", "копейки", "копейки")),
    ("bg", "USD"): (
        _M,
        ("щатски долар", "щатски долара", "щатски долара"),
        ("цент", "цента", "цента"),
    ),
    ("bg", "EUR"): (_N, ("евро", "евро", "евро"), ("цент", "цента", "цента")),
    ("bg", "UAH"): (_F, ("гривна", "гривни", "гривни"), ("копейка", "копейки", "копейки")),
    ("bg", "BGN"): (_M, ("лев", "лева", "лева"), ("стотинка", "стотинки", "стотинки")),
}
_HUNDREDTHS = 2


def in_words(amount: Money, language: str) -> str:
    """Return a sum in words, its hundredths in figures: ``Two thousand roubles 00 kopecks``.

    A currency without words of its own stands by its code.
    """
    decimals = decimals_of(amount.currency)
    whole, rest = divmod(abs(amount.minor), 10**decimals)
    named = _UNITS.get((language, amount.currency))
    if named is None or decimals != _HUNDREDTHS:
        part = f" {rest:0{decimals}d}/{10**decimals}" if decimals else ""
        return f"{_capital(number_in_words(whole, language, _M))} {amount.currency}{part}"
    gender, unit, hundredth = named
    words = number_in_words(whole, language, gender)
    return (
        f"{_capital(words)} {_form(whole, unit, language)} "
        f"{rest:02d} {_form(rest, hundredth, language)}"
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def number_in_words(number: int, language: str, gender: int) -> str:
    """Return a number that is not negative in words, agreeing with what it counts."""
    return _SPEAKERS[language](number, gender)


def _form(number: int, forms: Sequence[str], language: str) -> str:
    """Return the word that follows a number."""
    if language in ("en", "bg"):
        return forms[0] if number == 1 else forms[1]
    last_two, last = number % _HUNDRED, number % _TEN
    if _TEN < last_two < _TWENTY:
        return forms[2]
    return forms[0] if last == 1 else forms[1] if last in (2, 3, 4) else forms[2]


def _triples(number: int) -> list[int]:
    """Return the groups of three digits, the lowest first."""
    groups = []
    while number:
        number, group = divmod(number, _THOUSAND)
        groups.append(group)
    return groups


def _english(number: int, _gender: int) -> str:
    if number == 0:
        return _EN_ONES[0]
    parts: list[str] = []
    for power, group in reversed(list(enumerate(_triples(number)))):
        if not group:
            continue
        hundreds, rest = divmod(group, _HUNDRED)
        small = _english_small(rest)
        joint = " and " if hundreds and rest else ""
        said = (f"{_EN_ONES[hundreds]} hundred" if hundreds else "") + joint + small
        if power == 0 and parts and not hundreds:
            said = f"and {said}"
        parts.append(f"{said} {_EN_BIG[power]}".strip())
    return " ".join(parts)


def _english_small(rest: int) -> str:
    if rest == 0:
        return ""
    if rest < _TWENTY:
        return _EN_ONES[rest]
    tens, ones = divmod(rest, _TEN)
    return _EN_TENS[tens] + (f"-{_EN_ONES[ones]}" if ones else "")


def _group(group: int, language: str, gender: int) -> list[str]:
    """Return the words of up to three digits."""
    ones, tens, hundreds = _SLAVIC[language]
    words = [hundreds[group // _HUNDRED]] if group >= _HUNDRED else []
    rest = group % _HUNDRED
    if rest >= _TWENTY:
        words.append(tens[rest // _TEN])
        rest %= _TEN
    if rest:
        words.append(_GENDERED[language].get(rest, (ones[rest],) * 3)[gender])
    return words


def _slavic(language: str) -> Callable[[int, int], str]:
    """Return who speaks Russian or Ukrainian."""

    def say(number: int, gender: int) -> str:
        if number == 0:
            return _SLAVIC[language][0][0]
        words: list[str] = []
        for power, group in reversed(list(enumerate(_triples(number)))):
            if not group:
                continue
            if power == 0:
                words += _group(group, language, gender)
                continue
            kind, forms = _BIG[language][power - 1]
            words += [*_group(group, language, kind), _form(group, forms, language)]
        return " ".join(words)

    return say


def _bulgarian(number: int, gender: int) -> str:
    if number == 0:
        return _BG_ONES[0]
    parts: list[str] = []
    for power, group in reversed(list(enumerate(_triples(number)))):
        if not group:
            continue
        kind, forms = _BIG["bg"][power - 1] if power else (gender, ("", "", ""))
        words = _group(group, "bg", kind)
        said = words if len(words) == 1 else [*words[:-1], "и", words[-1]]
        if power == 1 and group == 1:
            said = []
        if parts and len(words) == 1 and not number % _THOUSAND**power:
            said = ["и", *said]
        parts += [*said, _form(group, forms, "bg")] if power else said
    return " ".join(parts)


_SPEAKERS: dict[str, Callable[[int, int], str]] = {
    "en": _english,
    "ru": _slavic("ru"),
    "uk": _slavic("uk"),
    "bg": _bulgarian,
}
