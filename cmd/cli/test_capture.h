// Runs a function as a program of its own: what it says, and how it ends.
#ifndef CLI_TEST_CAPTURE_H
#define CLI_TEST_CAPTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct captured {
    char out[16384], err[16384];
    int status; // of exit, or 128 + the signal
};

static inline void read_back(FILE *file, char *text, size_t size)
{
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

// The function gets the argument and returns the exit status.
static inline struct captured capture(int (*run)(void *argument), void *argument)
{
    struct captured captured;
    FILE *out = tmpfile(), *err = tmpfile();
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        dup2(fileno(out), STDOUT_FILENO);
        dup2(fileno(err), STDERR_FILENO);
        exit(run(argument));
    }
    int status = 0;
    waitpid(child, &status, 0);
    captured.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    read_back(out, captured.out, sizeof captured.out);
    read_back(err, captured.err, sizeof captured.err);
    return captured;
}

#endif
