/* Lets the n-th call that changes files under a folder fail: LD_PRELOAD for tests.engines.every_fault.
 *
 * arm(folder, n, lasting, deadly): the n-th call from now on fails with EIO (with lasting all from there on), or
 * ends the process. counted() says how many there were. A write that ends the process writes half of its bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long number, calls;
static int lasting, deadly;

void arm(const char *place, long n, int last, int deadly_) {
    snprintf(folder, sizeof folder, "%s", place);
    number = n;
    lasting = last;
    deadly = deadly_;
    calls = 0;
}

long counted(void) { return calls; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int inside(int at, const char *path) {
    char whole[PATH_MAX], link[64];
    if (!folder[0] || !path) return 0;
    if (path[0] == '/') return !strncmp(path, folder, strlen(folder));
    if (at == AT_FDCWD) return getcwd(whole, sizeof whole) && !strncmp(whole, folder, strlen(folder));
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    ssize_t n = readlink(link, whole, sizeof whole - 1);
    return n > 0 && (whole[n] = 0, !strncmp(whole, folder, strlen(folder)));
}

static int fails(int at, const char *path, int fd, const void *data, size_t size) {
    if (!inside(at, path)) return 0;
    calls++;
    if (calls != number && !(lasting && calls > number)) return 0;
    if (deadly) {
        if (fd >= 0 && size > 1) REAL(write)(fd, data, size / 2);
        _exit(137);
    }
    errno = EIO;
    return 1;
}

#define BY_PATH(kind, name, arguments, given, at, path) \
    kind name arguments { return fails(at, path, -1, 0, 0) ? -1 : REAL(name) given; }
#define BY_FILE(kind, name, arguments, given, fd, data, size) \
    kind name arguments { return fails(fd, ".", fd, data, size) ? -1 : REAL(name) given; }

BY_PATH(int, rename, (const char *a, const char *b), (a, b), AT_FDCWD, b)
BY_PATH(int, renameat, (int x, const char *a, int y, const char *b), (x, a, y, b), y, b)
BY_PATH(int, unlink, (const char *a), (a), AT_FDCWD, a)
BY_PATH(int, unlinkat, (int x, const char *a, int f), (x, a, f), x, a)
BY_PATH(int, rmdir, (const char *a), (a), AT_FDCWD, a)
BY_PATH(int, mkdir, (const char *a, mode_t m), (a, m), AT_FDCWD, a)
BY_PATH(int, mkdirat, (int x, const char *a, mode_t m), (x, a, m), x, a)
BY_FILE(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n), fd, p, n)
BY_FILE(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t o), (fd, p, n, o), fd, p, 0)
BY_FILE(ssize_t, pwrite64, (int fd, const void *p, size_t n, off64_t o), (fd, p, n, o), fd, p, 0)
BY_FILE(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n), fd, v, 0)
BY_FILE(int, ftruncate, (int fd, off_t n), (fd, n), fd, 0, 0)
BY_FILE(int, ftruncate64, (int fd, off64_t n), (fd, n), fd, 0, 0)
BY_FILE(int, fsync, (int fd), (fd), fd, 0, 0)
BY_FILE(int, fdatasync, (int fd), (fd), fd, 0, 0)

#define MODE(flags, last) \
    mode_t mode = 0; \
    if ((flags) & O_CREAT) { va_list more; va_start(more, last); mode = va_arg(more, mode_t); va_end(more); }
#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        MODE(flags, flags) \
        if ((flags & O_ACCMODE) != O_RDONLY && fails(AT_FDCWD, path, -1, 0, 0)) return -1; \
        return REAL(name)(path, flags, mode); \
    }
#define OPENS_AT(name) \
    int name(int at, const char *path, int flags, ...) { \
        MODE(flags, flags) \
        if ((flags & O_ACCMODE) != O_RDONLY && fails(at, path, -1, 0, 0)) return -1; \
        return REAL(name)(at, path, flags, mode); \
    }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)
