/*
 * Stands between a program and the system's calls that change files, and lets the n-th of them go wrong:
 *
 *   gcc -shared -fPIC -O1 -o faults.so faults.c -ldl
 *   FAULTS_FOLDER=/tmp/x FAULTS_AT=7 FAULTS_KIND=full LD_PRELOAD=./faults.so program
 *
 * FAULTS_FOLDER  only files below this folder count
 * FAULTS_AT      the call that goes wrong, from 1; 0: none
 * FAULTS_KIND    full, readonly, io (errors), half (half of a write arrives, then the disk is full), die (the process
 *                ends before the call), die-half (half of a write arrives, then the process ends)
 * FAULTS_LASTING 1: every later call goes wrong, too
 * FAULTS_COUNT   file, outside of the folder, that gets the number of calls when the program ends
 *
 * FAULTS_ARMED   1: calls count from the start; else once the program tries to open a file called begin-faults
 *
 * A full disk still lets files be removed, renamed and cut: those calls count, and are let through.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int armed;
static atomic_long calls;
static const char *folder;
static size_t folder_length;
static long at;
static int lasting;
static enum { FULL, READONLY, IO, HALF, DIE, DIE_HALF } kind;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("FAULTS_FOLDER");
  folder_length = folder ? strlen(folder) : 0;
  at = getenv("FAULTS_AT") ? atol(getenv("FAULTS_AT")) : 0;
  lasting = getenv("FAULTS_LASTING") && getenv("FAULTS_LASTING")[0] == '1';
  atomic_store(&armed, getenv("FAULTS_ARMED") && getenv("FAULTS_ARMED")[0] == '1');
  const char *name = getenv("FAULTS_KIND");
  if (!name) return;
  if (!strcmp(name, "readonly")) kind = READONLY;
  if (!strcmp(name, "io")) kind = IO;
  if (!strcmp(name, "half")) kind = HALF;
  if (!strcmp(name, "die")) kind = DIE;
  if (!strcmp(name, "die-half")) kind = DIE_HALF;
}

__attribute__((destructor)) static void end(void) {
  const char *file = getenv("FAULTS_COUNT");
  if (!file) return;
  char text[32];
  int length = snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
  long handle = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (handle < 0) return;
  syscall(SYS_write, handle, text, length);
  syscall(SYS_close, handle);
}

static int is_below(const char *path) {
  return folder && path && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

static int is_handle_below(int handle) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_below(path);
}

/* Whether this call is the one. Ends the process where that is what goes wrong. */
static int goes_wrong(int needs_space) {
  if (!atomic_load(&armed)) return 0;
  long now = atomic_fetch_add(&calls, 1) + 1;
  if (!at || (lasting ? now < at : now != at)) return 0;
  if (kind == DIE || (kind == DIE_HALF && !needs_space)) syscall(SYS_kill, getpid(), SIGKILL);
  if (!needs_space && (kind == FULL || kind == HALF)) return 0;
  errno = kind == READONLY ? EROFS : kind == IO ? EIO : ENOSPC;
  return 1;
}

static void die_after_half(void) {
  if (kind == DIE_HALF) syscall(SYS_kill, getpid(), SIGKILL);
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* Half of a write arrives; the rest is refused at the next try. */
#define WRITE(name, PARAMETERS, ARGUMENTS, HALVED) \
  ssize_t name PARAMETERS { \
    REAL(name); \
    if (!atomic_load(&armed) || !is_handle_below(handle) || !goes_wrong(1)) return real ARGUMENTS; \
    if (kind != HALF && kind != DIE_HALF) return -1; \
    ssize_t written = size > 1 ? real HALVED : -1; \
    die_after_half(); \
    if (written < 0) errno = ENOSPC; \
    return written; \
  }

WRITE(write, (int handle, const void *bytes, size_t size), (handle, bytes, size), (handle, bytes, size / 2))
WRITE(pwrite, (int handle, const void *bytes, size_t size, off_t place), (handle, bytes, size, place),
      (handle, bytes, size / 2, place))
WRITE(pwrite64, (int handle, const void *bytes, size_t size, off64_t place), (handle, bytes, size, place),
      (handle, bytes, size / 2, place))

#define CHANGE(type, name, PARAMETERS, ARGUMENTS, IS_BELOW, NEEDS_SPACE) \
  type name PARAMETERS { \
    REAL(name); \
    if (!atomic_load(&armed) || !(IS_BELOW) || !goes_wrong(NEEDS_SPACE)) return real ARGUMENTS; \
    die_after_half(); \
    return -1; \
  }

CHANGE(ssize_t, writev, (int handle, const struct iovec *parts, int count), (handle, parts, count), is_handle_below(handle), 1)
CHANGE(ssize_t, pwritev, (int handle, const struct iovec *parts, int count, off_t place), (handle, parts, count, place),
       is_handle_below(handle), 1)
CHANGE(int, fsync, (int handle), (handle), is_handle_below(handle), 1)
CHANGE(int, fdatasync, (int handle), (handle), is_handle_below(handle), 1)
CHANGE(int, ftruncate, (int handle, off_t size), (handle, size), is_handle_below(handle), 0)
CHANGE(int, ftruncate64, (int handle, off64_t size), (handle, size), is_handle_below(handle), 0)
CHANGE(int, rename, (const char *from, const char *to), (from, to), is_below(to), 0)
CHANGE(int, unlink, (const char *path), (path), is_below(path), 0)

static int ends_with(const char *path, const char *end) {
  size_t length = strlen(path), other = strlen(end);
  return length >= other && !strcmp(path + length - other, end);
}

static int takes_orders(const char *path) {
  if (!ends_with(path, "/begin-faults")) return 0;
  atomic_store(&armed, 1);
  errno = ENOENT;
  return 1;
}

/* Opening counts where it makes a file; opening for writing alone changes nothing on the disk. */
#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    if (takes_orders(path)) return -1; \
    if (atomic_load(&armed) && (flags & O_CREAT) && is_below(path) && access(path, F_OK) != 0 && goes_wrong(1)) { \
      die_after_half(); \
      return -1; \
    } \
    return real(path, flags, mode); \
  }

OPEN(open)
OPEN(open64)
