// Goal: a list is read in the code page that it was written in, and never in another than
// Windows-1252 when that is it. Lists are written here by the C library's own tables (iconv).
#include "codepage_guess.h"

#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct list {
    const char *what, *page;
    enum encoding encoding;
    const char *text;
};

#define POLISH                                                                                     \
    "Imię;Miasto\nŁukasz Wójcik;Łódź\nMałgorzata Kamińska;Kraków\nGrzegorz "              \
    "Brzęczyszczykiewicz;Chrząszczyżewoszyce\n"
#define CZECH "Jméno;Město\nTomáš Dvořák;Brno\nJiří Němec;Plzeň\nKateřina Růžičková;Praha\n"
#define SLOVAK "Meno;Mesto\nĽubomír Kováč;Žilina\nZuzana Tóthová;Košice\nĎuro Šťastný;Nitra\n"
#define HUNGARIAN                                                                                                 \
    "Név;Város\nSzabó Gergő;Győr\nNagy Erzsébet;Hódmezővásárhely\nTörök Ödön;Gödöllő\nKőszegi " \
    "Ügyvédi Iroda "                                                                                            \
    "Gyűjtő;Bő\n"
#define CROATIAN "Ime;Grad\nIvan Horvatić;Šibenik\nŽeljko Đurđević;Čakovec\nAna Šušnjić;Požega\n"
#define ROMANIAN "Nume;Oraş\nIon Ştefănescu;Iaşi\nMădălina Ţurcanu;Constanţa\n"
#define LATVIAN                                                                                    \
    "Vārds;Pilsēta\nJānis Bērziņš;Rīga\nKristīne Ozoliņa;Jēkabpils\nĢirts Ķēniņš;Liepāja\n"
#define LITHUANIAN                                                                                 \
    "Vardas;Miestas\nŽydrūnas Šimkus;Šiauliai\nEglė Jankauskienė;Panevėžys\nAndrius "      \
    "Žąsytis;Kėdainiai\n"
#define RUSSIAN "Имя;Город\nИван Петров;Москва\nАнна Щербакова;Тверь\nivan@example.ru;ООО Ромашка\n"
#define TURKISH "Ad;Şehir\nÇağrı Yıldız;İzmir\nAyşe Gündoğdu;Eskişehir\nIşıl Şahin;Muğla\n"
#define SWEDISH "Förnamn;Ort\nGöran Åström;Växjö\nMärta Sjöberg;Örebro\nBjörn Öberg;Malmö\n"
#define GERMAN "Name;Straße\nJürgen Müller;Köln\nBärbel Größer;Düsseldorf\nÄnne Übelhör;Fürth\n"
#define FRENCH "Prénom;Ville\nHélène Lefèvre;Orléans\nFrançois Noël;Besançon\nZoé Gonçalves;Nîmes\n"
#define DANISH "Fornavn;By\nSøren Kjær;Ærøskøbing\nÅse Møller;Århus\nBjørn Thårup;Rødovre\n"
#define SPANISH "Nombre;Ciudad\nJosé Muñoz;Málaga\nMaría Núñez;León\nÍñigo Ibáñez;Cádiz\n"

static const struct list lists[] = {
    {"Polish", "CP1250", ENCODING_CP1250, POLISH},
    {"Czech", "CP1250", ENCODING_CP1250, CZECH},
    {"Slovak", "CP1250", ENCODING_CP1250, SLOVAK},
    {"Hungarian", "CP1250", ENCODING_CP1250, HUNGARIAN},
    {"Croatian", "CP1250", ENCODING_CP1250, CROATIAN},
    {"Romanian", "CP1250", ENCODING_CP1250, ROMANIAN},
    {"Latvian", "CP1257", ENCODING_CP1257, LATVIAN},
    {"Lithuanian", "CP1257", ENCODING_CP1257, LITHUANIAN},
    {"Russian", "CP1251", ENCODING_CP1251, RUSSIAN},
    {"Turkish", "CP1254", ENCODING_CP1254, TURKISH},
    {"Swedish by DOS", "CP850", ENCODING_CP850, SWEDISH},
    {"German by DOS", "CP850", ENCODING_CP850, GERMAN},
    {"French by DOS", "CP850", ENCODING_CP850, FRENCH},
    {"Danish by DOS", "CP850", ENCODING_CP850, DANISH},
    {"Spanish by DOS", "CP850", ENCODING_CP850, SPANISH},
    {"Swedish by Mac", "MACINTOSH", ENCODING_MACROMAN, SWEDISH},
    {"German by Mac", "MACINTOSH", ENCODING_MACROMAN, GERMAN},
    {"French by Mac", "MACINTOSH", ENCODING_MACROMAN, FRENCH},
    {"Danish by Mac", "MACINTOSH", ENCODING_MACROMAN, DANISH},
    {"Spanish by Mac", "MACINTOSH", ENCODING_MACROMAN, SPANISH},
    {"Swedish", "CP1252", ENCODING_CP1252, SWEDISH},
    {"German", "CP1252", ENCODING_CP1252, GERMAN},
    {"French", "CP1252", ENCODING_CP1252, FRENCH},
    {"Danish", "CP1252", ENCODING_CP1252, DANISH},
    {"Spanish", "CP1252", ENCODING_CP1252, SPANISH},
    {"Portuguese", "CP1252", ENCODING_CP1252,
     "João Simões;São Paulo\nConceição Araújo;Brasília\nAndré Guimarães;Marília\n"},
    {"Italian", "CP1252", ENCODING_CP1252, "Niccolò Cantù;Forlì\nSarà Dà;Città\nPerché è più\n"},
    {"Icelandic", "CP1252", ENCODING_CP1252,
     "Þórður Guðmundsson;Reykjavík\nSigríður Ævarsdóttir;Hafnarfjörður\nÝmir Ólafsson\n"},
    {"Finnish with Baltic guests", "CP1252", ENCODING_CP1252,
     "Matti Mäkinen;Jyväskylä\nVéra Šimkova;Hyvinkää\nTõnu Õispuu;Äänekoski\nŽanna Öhman\n"},
    {"a fair of all the West", "CP1252", ENCODING_CP1252,
     SWEDISH GERMAN FRENCH DANISH SPANISH "Niccolò Cantù\nÞórður\nJoão\nPiñero\n"},
    {"Danish with French guests", "CP1252", ENCODING_CP1252,
     "Sørensen\nAgnès\nRené\nMøller\nHélène\nThérèse\nØrsted\n"},
    {"apostrophes and quotation marks", "CP1252", ENCODING_CP1252,
     "O’Brien\nD’Angelo\n“quoted” – text\nMcDonald’s\nl’Oréal ‘one’\n"},
    {"trade marks", "CP1252", ENCODING_CP1252, "Acme™\nBolt®\nCost: 5 €\n20 °C\n"},
};

static size_t encode(const char *text, const char *page, char *out, size_t room)
{
    iconv_t converter = iconv_open(page, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    char *from = (char *)(uintptr_t)text, *to = out;
    size_t from_len = strlen(text), to_len = room;
    assert_int_equal(iconv(converter, &from, &from_len, &to, &to_len), 0);
    iconv_close(converter);
    return room - to_len;
}

static void test_lists(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct list *list = &lists[i];
        char bytes[4096];
        size_t len = encode(list->text, list->page, bytes, sizeof bytes);
        struct decoding decoding;
        struct buffer text = {0};
        assert_true(decode_guess(&decoding, (str){bytes, len}, "list.csv", NULL));
        if (decoding.encoding != list->encoding) {
            print_error("%s was taken for %s\n", list->what, encoding_name(decoding.encoding));
        }
        assert_int_equal(decoding.encoding, list->encoding);
        assert_int_equal(decode_append(&decoding, (str){bytes, len}, true, &text), len);
        assert_true(str_equal(buffer_str(&text), str_of(list->text)));
        buffer_release(&text);
    }
}

// A word or two that could be anything stays Windows-1252, and lines that are UTF-8 have no say.
static void test_little_evidence(void **state)
{
    (void)state;
    assert_int_equal(codepage_guess(STR("Dvo\xF8\xE1k\n"), '\n'), ENCODING_CP1252);
    assert_int_equal(codepage_guess(STR("S\xF8ren\nAgn\xE8s\nMu\xF1oz\n"), '\n'), ENCODING_CP1252);
    assert_int_equal(codepage_guess(STR("Łódź Łódź Łódź\nG\xF6ran\n"), '\n'), ENCODING_CP1252);
    assert_int_equal(codepage_guess(STR(""), '\n'), ENCODING_CP1252);
    assert_int_equal(codepage_guess(STR("plain\n"), '\n'), ENCODING_CP1252);
    assert_int_equal(codepage_guess(STR("\x80\x80\x80\x80"), '\n'), ENCODING_CP1252);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_little_evidence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
