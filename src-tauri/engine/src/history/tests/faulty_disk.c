/* Stands between a process and its disk: fails every so many writes to a history, and notes every sync of one.

   TIDINGS_DISK_FAILS="28:7" lets every 7th write, truncation or sync fail with error 28.
   TIDINGS_DISK_SYNCS=FILE appends the name of every synced file to FILE. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_ulong touched;

/* The name of an open file of a history, or nothing. */
static const char *name_of(int file, char *path, size_t room) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, room - 1);
    if (length <= 0) return NULL;
    path[length] = 0;
    const char *name = strrchr(path, '/');
    return name && strncmp(name + 1, "history.", 8) == 0 ? name + 1 : NULL;
}

static int fails(int file) {
    const char *plan = getenv("TIDINGS_DISK_FAILS");
    char path[4096];
    if (!plan || !name_of(file, path, sizeof path)) return 0;
    char *colon;
    int error = (int)strtol(plan, &colon, 10);
    unsigned long every = strtoul(colon + 1, NULL, 10);
    if (atomic_fetch_add(&touched, 1) % every != every - 1) return 0;
    errno = error;
    return 1;
}

static void note(int file) {
    const char *log = getenv("TIDINGS_DISK_SYNCS");
    char path[4096];
    const char *name = log ? name_of(file, path, sizeof path) : NULL;
    if (!name) return;
    char line[300];
    int length = snprintf(line, sizeof line, "%s\n", name);
    int to = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT, 0600);
    syscall(SYS_write, to, line, length);
    syscall(SYS_close, to);
}

#define NEXT(kind, name, ...) ((kind(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t count) {
    return fails(file) ? -1 : NEXT(ssize_t, write, int, const void *, size_t)(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    return fails(file) ? -1 : NEXT(ssize_t, pwrite, int, const void *, size_t, off_t)(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    return fails(file) ? -1 : NEXT(ssize_t, pwrite64, int, const void *, size_t, off64_t)(file, bytes, count, at);
}

int ftruncate(int file, off_t length) {
    return fails(file) ? -1 : NEXT(int, ftruncate, int, off_t)(file, length);
}

int ftruncate64(int file, off64_t length) {
    return fails(file) ? -1 : NEXT(int, ftruncate64, int, off64_t)(file, length);
}

int fsync(int file) {
    note(file);
    return fails(file) ? -1 : NEXT(int, fsync, int)(file);
}

int fdatasync(int file) {
    note(file);
    return fails(file) ? -1 : NEXT(int, fdatasync, int)(file);
}
