// The run folder: where a whole run appears at once, or not at all.
//
//     DIR/.leadpipe           that the folder is ours, and the lock of the run at work in it
//     DIR/runs/ID/            the files of one run; ID.partial while it is being written
//     DIR/latest              a link to runs/ID, replaced by rename
//     DIR/leads.csv, ...      links through latest, so that a name always is the newest whole run
#ifndef PIPELINE_FOLDER_H
#define PIPELINE_FOLDER_H

#include "core/base/arena.h"
#include "core/base/err.h"

struct folder {
    struct arena arena;
    const char *dir, *id, *partial; // partial: where the files are written
    int lock;                       // -1 when not open
    bool is_made, is_published;     // made for this run; which stands in it
};

// Makes or takes DIR for a run. id names it (a time); "-2", "-3", ... is appended when it is taken.
// Refused with err: a folder that holds files and is not ours, and one in which a run is at work.
bool folder_open(struct folder *folder, const char *dir, const char *id, struct err *err);

// Whether a file of this run can be shown as DIR/name. Refused with err: a file that someone has
// put there, perhaps an edited copy of an earlier one. Asked before the work, to fail early;
// folder_publish asks again.
bool folder_name_is_free(struct folder *folder, const char *name, struct err *err);

// The path of a file of this run. In the folder's arena.
const char *folder_path(struct folder *folder, const char *name);

// Makes the run the latest one. Refused: a name in DIR where one of its files must show is taken by
// something that is no link.
bool folder_publish(struct folder *folder, struct err *err);

// Frees; an unpublished run's files are removed, and DIR when it was made for it.
void folder_close(struct folder *folder);

#endif
