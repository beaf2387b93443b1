/*
 * The floor: what scenarios cost with raw system calls. No program can ask the same of the kernel and of iptables for much less.
 *
 *   floor FILE JOBS      FILE has these lines; each scenario is run by one of JOBS processes:
 *
 *   scenario                        a new network namespace with lo up
 *   trace                           reads the kernel's trace after each connection from now on, and decodes nothing
 *   listen ADDRESS FIRST LAST       a server on each of these ports
 *   rules FILE                      iptables-nft-restore of the file
 *   OUTCOME FROM TO FIRST LAST      one connection to each of these ports: connected, refused, unreachable or silent
 *
 * It does not know why a client was refused. It takes "no answer yet" for silence. On lo the whole exchange takes place within connect(),
 * so this is right, but only a trace can prove it.
 *
 * Its exit code is 0 only if every outcome is right, and no message of the trace was lost.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BACKLOG = 4096, ANSWER_LIMIT_MS = 2000, MAX_SERVERS = 4096, TRACE_BUFFER = 1 << 22 };

struct line {
  char word[16];
  char from[256], to[16]; /* the file of rules, the address of a server, or the two addresses of a connection */
  int first, last;
};

extern char **environ;

static void fail(const char *what, const char *detail) {
  fprintf(stderr, "floor: %s %s: %s\n", what, detail, strerror(errno));
  _exit(1);
}

static int is(const struct line *line, const char *word) {
  return strcmp(line->word, word) == 0;
}

static struct line *read_lines(const char *path, int *count) {
  FILE *file = fopen(path, "r");
  struct line *lines = NULL;
  char text[512];
  if (file == NULL) fail("open", path);
  for (*count = 0; fgets(text, sizeof text, file) != NULL; (*count)++) {
    if (*count % 1024 == 0 && (lines = realloc(lines, (*count + 1024) * sizeof *lines)) == NULL) fail("realloc", path);
    struct line *line = &lines[*count];
    int at = 0, is_read = 1;
    sscanf(text, "%15s %n", line->word, &at);
    if (is(line, "scenario") || is(line, "trace")) continue;
    if (is(line, "rules")) is_read = sscanf(text + at, "%255[^\n]", line->from) == 1;
    else if (is(line, "listen")) is_read = sscanf(text + at, "%15s %d %d", line->to, &line->first, &line->last) == 3;
    else is_read = sscanf(text + at, "%15s %15s %d %d", line->from, line->to, &line->first, &line->last) == 4;
    if (!is_read) fail("cannot read", text);
  }
  fclose(file);
  return lines;
}

static struct sockaddr_in to_address(const char *text, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  if (inet_pton(AF_INET, text, &address.sin_addr) != 1) fail("address", text);
  return address;
}

static int open_bound(int type, struct sockaddr_in address) {
  int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket", "");
  if (type != SOCK_DGRAM && bind(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("bind", inet_ntoa(address.sin_addr));
  return fd;
}

static void bring_lo_up(void) {
  struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
  int fd = open_bound(SOCK_DGRAM, to_address("0.0.0.0", 0));
  if (ioctl(fd, SIOCSIFFLAGS, &request) != 0) fail("lo", "up");
  close(fd);
}

/* posix_spawn shares the memory until exec: it copies no page tables, as fork does. */
static void apply_rules(char *path) {
  char *arguments[] = {"iptables-nft-restore", NULL};
  posix_spawn_file_actions_t actions;
  pid_t pid;
  int status;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, path, O_RDONLY, 0);
  if ((errno = posix_spawnp(&pid, arguments[0], &actions, NULL, arguments, environ)) != 0) fail("spawn", arguments[0]);
  posix_spawn_file_actions_destroy(&actions);
  if (waitpid(pid, &status, 0) != pid || status != 0) fail("iptables-nft-restore", path);
}

static int open_trace(void) {
  struct sockaddr_nl address = {.nl_family = AF_NETLINK};
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_NETFILTER);
  int group = NFNLGRP_NFTRACE, size = TRACE_BUFFER;
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("open", "trace");
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size); /* only root may */
  if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) != 0) fail("join", "trace");
  return fd;
}

/* Returns how many messages there were. Each is one datagram. ENOBUFS says that the kernel dropped some. */
static int drain(int trace) {
  char message[8192];
  int messages = 0;
  while (recv(trace, message, sizeof message, 0) >= 0) messages++;
  if (errno != EAGAIN) fail("read", "trace");
  return messages;
}

static const char *ask(const struct line *line, int port) {
  struct sockaddr_in to = to_address(line->to, port);
  int fd = open_bound(SOCK_STREAM | SOCK_NONBLOCK, to_address(line->from, 0));
  int error = 0, is_silent = is(line, "silent");
  if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) error = errno;
  if (error == EINPROGRESS) {
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    socklen_t length = sizeof error;
    if (poll(&wait, 1, is_silent ? 0 : ANSWER_LIMIT_MS) > 0) getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
  }
  close(fd);
  switch (error) {
    case 0: return "connected";
    case ECONNREFUSED: return "refused";
    case EHOSTUNREACH: return "unreachable";
    case EINPROGRESS: return "silent";
    default: return strerror(error);
  }
}

/* Runs the scenario whose first line this is. */
static void run_scenario(struct line *lines, int count) {
  static int servers[MAX_SERVERS];
  int open = 0, trace = -1, messages = 0;
  if (unshare(CLONE_NEWNET) != 0) fail("unshare", "");
  bring_lo_up();
  for (int i = 1; i < count && !is(&lines[i], "scenario"); i++) {
    if (is(&lines[i], "rules")) apply_rules(lines[i].from);
    else if (is(&lines[i], "trace")) trace = open_trace();
    else for (int port = lines[i].first; port <= lines[i].last; port++) {
      if (is(&lines[i], "listen")) {
        if (open == MAX_SERVERS) fail("listen", "too many servers");
        servers[open] = open_bound(SOCK_STREAM, to_address(lines[i].to, port));
        if (listen(servers[open++], BACKLOG) != 0) fail("listen", lines[i].to);
      } else {
        const char *outcome = ask(&lines[i], port);
        if (!is(&lines[i], outcome)) fail(outcome, lines[i].to);
        if (trace >= 0) messages += drain(trace);
      }
    }
  }
  while (open > 0) close(servers[--open]);
  if (trace >= 0 && messages == 0) fail("empty", "trace");
  if (trace >= 0) close(trace);
}

int main(int argc, char **argv) {
  struct rlimit files;
  int count, jobs = argc == 3 ? atoi(argv[2]) : 0, is_right = 1, status;
  if (jobs < 1) return fprintf(stderr, "floor FILE JOBS\n"), 2;
  struct line *lines = read_lines(argv[1], &count);
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  for (int job = 0; job < jobs; job++) {
    pid_t pid = fork();
    if (pid < 0) fail("fork", "");
    if (pid > 0) continue;
    for (int i = 0, scenario = 0; i < count; i++) {
      if (is(&lines[i], "scenario") && scenario++ % jobs == job) run_scenario(&lines[i], count - i);
    }
    _exit(0);
  }
  free(lines);
  while (wait(&status) > 0) is_right = is_right && status == 0;
  return is_right ? 0 : 1;
}
