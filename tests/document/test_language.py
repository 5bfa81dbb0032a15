"""Languages: nothing English is refused, and other languages are named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.shared_data import rows
from newsledger.document.language import detect
from newsledger.document.layout import lay_out

OTHERS = {
    "fr": "Le ministre des Finances a présenté mercredi un budget de 12 milliards d'euros pour "
    "l'an prochain.",
    "de": "Die Regierung will im kommenden Jahr zwölf Milliarden Euro für die Bahn ausgeben, "
    "hieß es am Mittwoch.",
    "es": "El gobierno anunció el miércoles que destinará doce mil millones de pesos a la "
    "vivienda en el norte.",
    "pt": "O ministro afirmou nesta quarta-feira que o governo vai investir 12 bilhões de reais "
    "em estradas novas.",
    "it": "Il governo ha approvato mercoledì un piano da dodici miliardi di euro per le ferrovie del sud.",
    "nl": "Het kabinet trekt volgend jaar twaalf miljard euro uit voor het spoor, zo blijkt uit "
    "de begroting.",
    "pl": "Rząd ogłosił w środę, że w przyszłym roku przeznaczy dwanaście miliardów złotych na "
    "kolej w kraju.",
    "sv": "Regeringen meddelade på onsdagen att tolv miljarder kronor ska satsas på järnvägen "
    "under nästa år.",
    "tr": "Hükümet çarşamba günü yaptığı açıklamada gelecek yıl demiryolları için on iki milyar "
    "harcanacağını ve ihalelerin yakında başlayacağını bildirdi.",
    "id": "Pemerintah mengumumkan pada hari Rabu bahwa dua belas triliun rupiah akan "
    "dialokasikan untuk jalan.",
    "sw": "Serikali ilitangaza siku ya Jumatano kwamba itatumia shilingi bilioni kumi na mbili "
    "kujenga barabara.",
    "vi": "Chính phủ hôm thứ Tư thông báo sẽ chi mười hai nghìn tỷ đồng cho đường sắt trong năm tới.",
    "ru": "Правительство в среду объявило, что в следующем году выделит двенадцать миллиардов рублей.",
    "uk": "Уряд у середу оголосив, що наступного року виділить дванадцять мільярдів гривень на залізницю.",
    "ar": "أعلنت الحكومة يوم الأربعاء أنها ستنفق اثني عشر مليار ريال على السكك الحديدية في العام المقبل.",
    "zh": "政府周三宣布，明年将拨款一百二十亿元用于铁路建设，财政部长在会后表示。",
    "ja": "政府は水曜日、来年度に鉄道整備へ一兆二千億円を投じると発表した。",
    "ko": "정부는 수요일 내년에 철도에 12조 원을 투입하겠다고 발표했다고 장관이 말했다.",
    "hi": "सरकार ने बुधवार को घोषणा की कि अगले वर्ष रेलवे पर बारह अरब रुपये खर्च किए जाएंगे।",
    "el": "Η κυβέρνηση ανακοίνωσε την Τετάρτη ότι θα δαπανήσει δώδεκα δισεκατομμύρια ευρώ.",
}

READ = [
    "Oil slips 2%.",
    "BREAKING",
    "PORT REOPENS AFTER STRIKE, SHIPS LEAVE, TRADERS CHEER, PRICES FALL, UNIONS CLAIM WIN, BOSSES SILENT",
    "Shr 29 cts vs 23 cts\n\nNet 5.1 mln vs 4.9 mln\n\nRevs 31.0 mln vs 28.2 mln",
    "Ngozi Okonjo-Iweala met Nguyễn Xuân Phúc and Jair Bolsonaro in São Paulo.",
    "Shares of Crédit Agricole, Société Générale, BNP Paribas and L'Oréal fell.",
    "日本銀行 (Bank of Japan) raised rates to 0.5%, governor Kazuo Ueda 植田和男 said.",
    "“C'est la vie,” the minister said as he left the Élysée for the Palais de l'Europe in Strasbourg.",
    "Kim Jong Un, Xi Jinping, Narendra Modi, Recep Tayyip Erdoğan, Luiz Inácio Lula da Silva",
    "Revenue: €12m; EBITDA: €3m; Capex: €1m; FCF: €0.5m; Net debt: €44m",
    "Quay Corp sells more cranes, beats estimates, lifts outlook, raises dividend, hires new chief",
    "",
    " \n\t",
    "12345 67,890 $12",
]


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_named(code: str) -> None:
    assert detect(OTHERS[code]) == code
    assert detect("\n\n".join([OTHERS[code]] * 200)) == code


@pytest.mark.parametrize("text", READ, ids=[t[:30] for t in READ])
def test_what_may_be_english_is_read(text: str) -> None:
    assert detect(text) in ("en", "und")


def test_capitals_do_not_matter() -> None:
    assert detect(OTHERS["fr"].upper()) == "fr"
    assert detect("THE BOARD SAID THAT THE CHANNEL WOULD BE DREDGED BY THE TOWNS") == "en"


@pytest.mark.shared
@pytest.mark.parametrize("name", ["world_newswire", "wikinews", "reuters_1987", "senate_press"])
def test_no_real_article_is_refused(shared: Path, name: str) -> None:
    """Whole articles, and every sentence of some of them."""
    texts = [row["text"] for row in rows(f"articles/{name}")]
    assert {detect(text) for text in texts} <= {"en", "und"}
    for text in texts[:60]:
        assert {detect(text[a:b]) for a, b in lay_out(text).sentences} <= {"en", "und"}


def test_english_needs_no_identifier() -> None:
    code = (
        "import sys; from newsledger.document.language import detect;"
        "assert detect('The board said that the channel would be dredged.') == 'en';"
        "assert not {'py3langid', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert detect(text)
