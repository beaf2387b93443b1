#!/usr/bin/perl
# A hostile server: tries to reach what is not its own, then answers each client with a line of JSON that says how far it came.
# attacker.pl ADDRESS PORT SHARED-KEY SET-UID-ID FILE…
use strict;
use warnings;
use Errno;
use IO::Socket::INET;

my ($address, $port, $shared_key, $set_uid_id, @files) = @ARGV;

# asm/unistd_64.h
my %numbers = (shmget => 29, ptrace => 101, setgroups => 116, setresuid => 117, setresgid => 119, sched_setscheduler => 144, mount => 165,
  sethostname => 170, tgkill => 234, unshare => 272, pidfd_open => 434);
my ($SIGUSR1, $PTRACE_SEIZE, $SCHED_IDLE, $CLONE_NEWNET) = (10, 0x4206, 5, 0x40000000);

sub attempt {
  my ($name, @args) = @_;
  return syscall($numbers{$name}, @args) >= 0 ? 'done' : (grep { $!{$_} } keys %!)[0];
}

sub any { return (grep { $_ eq 'done' } @_) ? 'done' : 'refused' }

sub can_open { my ($path) = @_; return open(my $file, '<', $path) ? 'done' : 'refused' }

sub slurp {
  my ($path) = @_;
  open(my $file, '<', $path) or return undef;
  my $length = sysread($file, my $text, 65536);
  return $length ? $text : undef;
}

# Its own processes are itself and, where there is one, the unshare(1) that waits for it.
my ($parent) = (slurp('/proc/self/status') // '') =~ /^PPid:\s*(\d+)/m;
my $waits = (slurp("/proc/$parent/cmdline") // '') =~ /^[^\0]*unshare\0.*--fork\0--\0/;
my @others = grep { $_ != $$ && !($waits && $_ == getppid()) } 1 .. 300;
# loopfw's, as the host's /proc names them.
my @insides = grep { (slurp("/proc/$_/cmdline") // '') =~ m{sandbox/(pid1|socket-maker)\.js} } map { m{(\d+)$} } glob '/proc/[0-9]*';

# Its likes in other worlds, for which there is time to come up.
my ($own) = (slurp('/proc/self/status') // '') =~ /^Pid:\s*(\d+)/m;
sub find_neighbours { return grep { $_ != $own && (slurp("/proc/$_/cmdline") // '') =~ /^perl\0attacker\.pl/ } map { m{(\d+)$} } glob '/proc/[0-9]*' }
my @neighbours;
for (1 .. 60) { last if @neighbours = find_neighbours(); select undef, undef, undef, 0.02 }

for (1 .. 20) {
  kill 'USR1', @others;
  syscall($numbers{tgkill}, 1, $_, $SIGUSR1) for @others;
  select undef, undef, undef, 0.01;
}

# RFC 6455, as much as it takes to have JavaScript run.
sub command {
  my ($host, $path) = @_;
  my $socket = IO::Socket::INET->new(PeerAddr => $host, Timeout => 1) or return 'open';
  print $socket join "\r\n", "GET $path HTTP/1.1", "Host: $host", 'Upgrade: websocket', 'Connection: Upgrade',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Version: 13', '', '';
  sysread $socket, my $head, 4096;
  my $text = '{"id":1,"method":"Runtime.evaluate","params":{"expression":"process.pid"}}';
  syswrite $socket, pack('CCa4a*', 0x81, 0x80 | length $text, "\0\0\0\0", $text);
  sysread $socket, my $answer, 4096;
  return $answer =~ /"value"/ ? 'obeyed' : 'open';
}

sub find_debugger {
  my ($host) = @_;
  my $socket = IO::Socket::INET->new(PeerAddr => $host, Timeout => 1) or return ();
  print $socket "GET /json/list HTTP/1.1\r\nHost: $host\r\n\r\n";
  sysread $socket, my $answer, 4096;
  return $answer =~ m{"webSocketDebuggerUrl": "ws://[^/]*(/[^"]*)"} ? command($host, $1) : 'open';
}

my @debuggers = map { find_debugger($_) } map { ("$_:9229", "$_:9230") } qw(127.0.0.1 127.0.0.2 127.1.2.3);

sub look { my ($path) = @_; return join '', (open(my $in, '<', $path) ? 'r' : '-'), (open(my $out, '>>', $path) ? 'w' : '-') }

my ($zero, $name, $where, $type) = (pack('i', 0), 'none', '/mnt', 'tmpfs');
my ($shadow, $disk) = ((getgrnam('shadow'))[2] // 42, (getgrnam('disk'))[2] // 6);
my $groups = pack('II', $shadow, $disk);

my %said = (
  uid => $<,
  insides => @insides ? 'found' : 'none',
  makers => (grep { (slurp("/proc/$_/cmdline") // '') =~ /socket-maker/ } @insides) ? 'found' : 'none',
  neighbours => @neighbours ? 'found' : 'none',
  (map { my $file = $_; ("neighbour-$file" => any(map { can_open("/proc/$_/$file") } @neighbours)) } qw(environ mem maps fd/0)),
  'neighbour-ns' => any(map { can_open("/proc/$_/ns/net") } @neighbours),
  shared => attempt('shmget', $shared_key + 0, 4096, 01666),
  debugger => join(' ', @debuggers) || 'closed',
  signal => any(map { kill(0, $_) ? 'done' : 'refused' } @others),
  ptrace => any(map { attempt('ptrace', $PTRACE_SEIZE, $_, 0, 0) } @others),
  schedule => any(map { attempt('sched_setscheduler', $_, $SCHED_IDLE, $zero) } @others),
  pidfd => any(map { attempt('pidfd_open', $_, 0) } @others),
  (map { my $file = $_; ("proc-$file" => any(map { defined slurp("/proc/$_/$file") ? 'done' : 'refused' } @insides)) }
    qw(environ mem maps fd/0 fd/2 fd/3)),
  namespaces => any(map { can_open("/proc/$_/ns/net") } @insides),
  mount => attempt('mount', $name, $where, $type, 0, 0),
  hostname => attempt('sethostname', $name, 4),
  network => attempt('unshare', $CLONE_NEWNET),
  sysctl => (open(my $sysctl, '>', '/proc/sys/net/ipv4/ip_forward') ? 'done' : 'refused'),
  rules => (system('nft list ruleset >/dev/null 2>&1') == 0 ? 'done' : 'refused'),
  descriptors => scalar(grep { !m{^(/|.*attacker)} || m{^/etc} } map { readlink $_ // () } glob '/proc/self/fd/{3,4,5,6,7,8,9,1?,2?,3?}'),
  files => join(' ', map { look($_) } @files),
);
$said{setgroups} = attempt('setgroups', 2, $groups);
$said{setresgid} = attempt('setresgid', $disk, $disk, $disk);
$said{setresuid} = join ' ', map { attempt('setresuid', $_, $_, $_) } 0, 1000;
$said{'files-again'} = join ' ', map { look($_) } @files;
$said{'set-uid'} = `$set_uid_id -u` == $< ? 'itself' : 'another';

my $line = '{' . join(',', map { qq("$_":"$said{$_}") } sort keys %said) . "}\n";
my $server = IO::Socket::INET->new(LocalAddr => $address, LocalPort => $port, Listen => 64, ReuseAddr => 1) or die "cannot listen: $!";
while (my $client = $server->accept) { print $client $line }
