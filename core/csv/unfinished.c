#include "unfinished.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { PLACE_FREE, PLACE_TAKEN, PLACE_LIVE };

// A signal handler has no argument to find state by, so this table is the one that core keeps
// besides the handler in memory.c. Its pages cost nothing until they are used.
static struct {
    atomic_int state;
    char path[PATH_MAX];
} places[UNFINISHED_MAX];

int unfinished_add(const char *path)
{
    size_t bytes = strlen(path) + 1;
    if (bytes > sizeof places[0].path) return -1;
    for (int i = 0; i < UNFINISHED_MAX; i++) {
        int expected = PLACE_FREE;
        if (!atomic_compare_exchange_strong(&places[i].state, &expected, PLACE_TAKEN)) continue;
        memcpy(places[i].path, path, bytes);
        atomic_store(&places[i].state, PLACE_LIVE);
        return i;
    }
    return -1;
}

void unfinished_remove(int place)
{
    if (place >= 0) atomic_store(&places[place].state, PLACE_FREE);
}

void unfinished_unlink_all(void)
{
    int kept = errno;
    for (int i = 0; i < UNFINISHED_MAX; i++) {
        // Taken back to "taken", so that the name cannot change while it is used. Whoever owns the
        // place frees it later.
        int expected = PLACE_LIVE;
        if (!atomic_compare_exchange_strong(&places[i].state, &expected, PLACE_TAKEN)) continue;
        (void)unlink(places[i].path);
    }
    errno = kept;
}
