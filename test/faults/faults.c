/*
 * Stands between a program and the system's calls that change files, and lets the n-th of them go wrong:
 *
 *   gcc -shared -fPIC -O1 -o faults.so faults.c -ldl
 *   FAULTS_FOLDER=/tmp/x FAULTS_AT=7 FAULTS_KIND=full LD_PRELOAD=./faults.so program
 *
 * FAULTS_FOLDER  only files below this folder count, from the start of the program
 * FAULTS_AT      the call that goes wrong, from 1; 0: none
 * FAULTS_KIND    full, readonly, io (errors), half (half of a write arrives, then the disk is full), die (the process
 *                ends before the call), die-half (half of a write arrives, then the process ends)
 * FAULTS_LASTING 1: every later call goes wrong, too
 * FAULTS_COUNT   file, outside of the folder, that gets the number of calls when the program ends
 *
 * A program that does one thing after the other says itself where each begins and ends, by opening files that are none:
 * DIR/begin-faults,KIND,AT,LASTING,PLAYED counts anew, below DIR, and DIR/end-faults stops and writes the number to DIR.calls.
 * Where PLAYED is 1, a death is played: from then on it changes no file below DIR and sends nothing to anybody, so that it leaves what a
 * death leaves (a killed process takes no written byte with it); DIR/am-i-dead fails as an input or output then, and the
 * number is -1.
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
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int armed;
static atomic_long calls;
static char folder[4096];
static size_t folder_length;
static long at;
static int lasting;
static int plays;
static atomic_int dead;
static enum { FULL, READONLY, IO, HALF, DIE, DIE_HALF } kind;

static void set_kind(const char *name, size_t length) {
  static const char *const names[] = {"full", "readonly", "io", "half", "die", "die-half"};
  kind = FULL;
  for (int index = 0; index < 6; index++)
    if (strlen(names[index]) == length && !strncmp(names[index], name, length)) kind = index;
}

static void set_folder(const char *path, size_t length) {
  if (length >= sizeof folder) length = 0;
  memcpy(folder, path, length);
  folder[length] = 0;
  folder_length = length;
}

static void write_count(const char *file) {
  char text[32];
  int length = snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
  long handle = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (handle < 0) return;
  syscall(SYS_write, handle, text, length);
  syscall(SYS_close, handle);
}

__attribute__((constructor)) static void begin(void) {
  const char *given = getenv("FAULTS_FOLDER"), *name = getenv("FAULTS_KIND");
  if (!given) return;
  set_folder(given, strlen(given));
  at = getenv("FAULTS_AT") ? atol(getenv("FAULTS_AT")) : 0;
  lasting = getenv("FAULTS_LASTING") && getenv("FAULTS_LASTING")[0] == '1';
  if (name) set_kind(name, strlen(name));
  atomic_store(&armed, 1);
}

__attribute__((destructor)) static void end(void) {
  if (getenv("FAULTS_COUNT")) write_count(getenv("FAULTS_COUNT"));
}

static int is_below(const char *path) {
  return folder_length && path && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

static int is_handle_below(int handle) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_below(path);
}

static void die(void) {
  if (!plays) syscall(SYS_kill, getpid(), SIGKILL);
  atomic_store(&dead, 1);
}

/* Whether this call is the one. Ends the process where that is what goes wrong. */
static int goes_wrong(int needs_space) {
  if (!atomic_load(&armed)) return 0;
  long now = atomic_fetch_add(&calls, 1) + 1;
  if (atomic_load(&dead)) {
    errno = EIO;
    return 1;
  }
  if (!at || (lasting ? now < at : now != at)) return 0;
  if (kind == DIE || (kind == DIE_HALF && !needs_space)) {
    die();
    errno = EIO;
    return 1;
  }
  if (!needs_space && (kind == FULL || kind == HALF)) return 0;
  errno = kind == READONLY ? EROFS : kind == IO ? EIO : ENOSPC;
  return 1;
}

static void die_after_half(void) {
  if (kind == DIE_HALF && !atomic_load(&dead)) die();
}

/* Whether this goes out to somebody, and the dead send nothing. The first three handles are the judge's. */
static int is_silenced(int handle) {
  struct stat about;
  if (!atomic_load(&dead) || handle < 3 || fstat(handle, &about) != 0 || !S_ISSOCK(about.st_mode)) return 0;
  errno = EPIPE;
  return 1;
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* Half of a write arrives; the rest is refused at the next try. */
#define WRITE(name, PARAMETERS, ARGUMENTS, HALVED) \
  ssize_t name PARAMETERS { \
    REAL(name); \
    if (is_silenced(handle)) return -1; \
    if (!atomic_load(&armed) || !is_handle_below(handle)) return real ARGUMENTS; \
    int was_dead = atomic_load(&dead); \
    if (!goes_wrong(1)) return real ARGUMENTS; \
    if (was_dead || (kind != HALF && kind != DIE_HALF)) return -1; \
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

#define CHANGE(type, name, PARAMETERS, ARGUMENTS, SILENCED, IS_BELOW, NEEDS_SPACE) \
  type name PARAMETERS { \
    REAL(name); \
    if (SILENCED) return -1; \
    if (!atomic_load(&armed) || !(IS_BELOW) || !goes_wrong(NEEDS_SPACE)) return real ARGUMENTS; \
    die_after_half(); \
    return -1; \
  }

CHANGE(ssize_t, writev, (int handle, const struct iovec *parts, int count), (handle, parts, count), is_silenced(handle),
       is_handle_below(handle), 1)
CHANGE(ssize_t, pwritev, (int handle, const struct iovec *parts, int count, off_t place), (handle, parts, count, place), 0,
       is_handle_below(handle), 1)
CHANGE(int, fsync, (int handle), (handle), 0, is_handle_below(handle), 1)
CHANGE(int, fdatasync, (int handle), (handle), 0, is_handle_below(handle), 1)
CHANGE(int, ftruncate, (int handle, off_t size), (handle, size), 0, is_handle_below(handle), 0)
CHANGE(int, ftruncate64, (int handle, off64_t size), (handle, size), 0, is_handle_below(handle), 0)
CHANGE(int, rename, (const char *from, const char *to), (from, to), 0, is_below(to), 0)
CHANGE(int, unlink, (const char *path), (path), 0, is_below(path), 0)

#define SEND(type, name, PARAMETERS, ARGUMENTS) \
  type name PARAMETERS { \
    REAL(name); \
    return is_silenced(handle) ? -1 : real ARGUMENTS; \
  }

SEND(int, connect, (int handle, const struct sockaddr *to, socklen_t size), (handle, to, size))
SEND(ssize_t, send, (int handle, const void *bytes, size_t size, int flags), (handle, bytes, size, flags))
SEND(ssize_t, sendmsg, (int handle, const struct msghdr *message, int flags), (handle, message, flags))

/* The three files that are none. */
static int takes_orders(const char *path) {
  const char *name = path ? strrchr(path, '/') : NULL;
  if (!name) return 0;
  if (!strncmp(name, "/begin-faults,", 14)) {
    const char *given = name + 14, *number = strchr(given, ',');
    const char *lasts = number ? strchr(number + 1, ',') : NULL;
    const char *played = lasts ? strchr(lasts + 1, ',') : NULL;
    if (!played) return 0;
    set_kind(given, number - given);
    at = atol(number + 1);
    lasting = lasts[1] == '1';
    set_folder(path, name - path);
    plays = played[1] == '1';
    atomic_store(&calls, 0);
    atomic_store(&dead, 0);
    atomic_store(&armed, 1);
  } else if (!strcmp(name, "/am-i-dead")) {
    errno = atomic_load(&dead) ? EIO : ENOENT;
    return 1;
  } else if (!strcmp(name, "/end-faults")) {
    char file[4200];
    atomic_store(&armed, 0);
    if (atomic_exchange(&dead, 0)) atomic_store(&calls, -1);
    snprintf(file, sizeof file, "%.*s.calls", (int)(name - path), path);
    write_count(file);
  } else {
    return 0;
  }
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
