// Single-byte encodings, as tables of what their bytes 80 to FF stand for. All are ASCII below.
//
// A further code page is one more table here, one more enum encoding with its name in decode.c, and
// the languages that are written in it in codepage_guess.c.
#ifndef CSV_CODEPAGE_H
#define CSV_CODEPAGE_H

#include <stddef.h>
#include <stdint.h>

// The five bytes that Windows-1252 does not define are the control characters U+0081 and so on, as
// in browsers: a table that loses nothing is one that text which was decoded twice can be undone
// with.
extern const uint16_t codepage_windows_1252[128];
extern const uint16_t codepage_mac_roman[128];
extern const uint16_t codepage_windows_1250[128]; // Polish, Czech, Slovak, Hungarian, Croatian ...
extern const uint16_t codepage_windows_1251[128]; // Russian, Ukrainian, Bulgarian ...
extern const uint16_t codepage_windows_1254[128]; // Turkish
extern const uint16_t codepage_windows_1257[128]; // Estonian, Latvian, Lithuanian
extern const uint16_t codepage_ibm_850[128];      // Western Europe under DOS and in the console

// Writes the UTF-8 of a byte into out, which has room for 3; returns the bytes written.
size_t codepage_put(const uint16_t page[128], unsigned char byte, char *out);

#endif
