#include "err.h"

#include <stdarg.h>
#include <stdio.h>

bool err_set(struct err *err, enum err_kind kind, const char *file, long line, const char *format,
             ...)
{
    if (!err || err->kind != ERR_NONE) return false;
    err->kind = kind;
    err->line = line;
    err->hint[0] = '\0';
    snprintf(err->file, sizeof err->file, "%s", file ? file : "");
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->text, sizeof err->text, format, arguments);
    va_end(arguments);
    return false;
}

bool err_hint(struct err *err, const char *format, ...)
{
    if (!err) return false;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->hint, sizeof err->hint, format, arguments);
    va_end(arguments);
    return false;
}
