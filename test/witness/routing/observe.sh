#!/bin/bash
# Builds a situation with ip(8) in network namespaces of its own, sends one packet, and prints what plain tools say: sections that begin with
# "== NAME". The settings come as variables of the environment. All processes end with this one, which is PID 1 of a namespace.
set -eu

machines=()
at() { local pid=$1; shift; nsenter --net="/proc/$pid/ns/net" "$@"; }
section() { echo "== $1"; }
counters() { cat /proc/net/snmp /proc/net/netstat /proc/net/snmp6; }

ip link set lo up
sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0 net.ipv4.conf.{all,default}.rp_filter=0 net.ipv4.icmp_ratemask=0 \
  net.ipv6.icmp.ratelimit=0 net.ipv6.conf.{all,default}.accept_dad=0

# A machine at the other end of each interface. Both know each other's IPv4 neighbours, for routing judges ARP requests too: rp_filter ends
# the request of a sender, and a machine answers no request from 127.0.0.1.
make_machine() {
  local device=$1 own=$2 address=$3
  unshare --net sleep 60 > /dev/null &
  local pid=$!
  machines+=("$pid")
  until [ "$(readlink "/proc/$pid/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.005; done
  ip link add "$device" address 02:00:00:00:00:01 type veth peer name out address 02:00:00:00:00:02 netns "$pid"
  sysctl -qw "net.ipv4.neigh.$device.retrans_time_ms=100" "net.ipv6.neigh.$device.retrans_time_ms=100"
  { for each in $own; do echo "address add $each dev $device"; done; echo "link set $device up"; } | ip -batch -
  at "$pid" sysctl -qw net.ipv4.conf.{all,default}.rp_filter=0 net.ipv6.conf.{all,default,out}.accept_dad=0
  {
    echo "link set lo up"
    echo "address add $address dev out"
    echo "link set out up"
    for each in $own; do echo "route add default via ${each%/*} dev out onlink"; done
  } | at "$pid" ip -batch -
  case $address in
    *:*) ;;
    *)
      ip neigh add "${address%/*}" lladdr 02:00:00:00:00:02 dev "$device" nud permanent
      for each in $own; do at "$pid" ip neigh add "${each%/*}" lladdr 02:00:00:00:00:01 dev out nud permanent; done
      ;;
  esac
}
make_machine eth0 "$ETH0" "$OUTSIDE"
make_machine eth1 "$ETH1" "$BEHIND"
at "${machines[1]}" node "${PROGRAMS}server.mjs" > "$FOLDER/server" &

eval "$COMMANDS"

# Counts the packets of the client's port at each hook, and changes nothing.
nft -f - <<RULES
table inet witness {
  chain sent { type filter hook output priority -450; meta l4proto { tcp, udp } th sport $PORT counter; }
  chain delivered { type filter hook input priority 2147483647; meta l4proto { tcp, udp } th sport $PORT counter; }
}
RULES

# With whole packets, the buffer of the immediate mode has room for eight.
tcpdump -i any -nn -s 256 -B 4096 --immediate-mode > "$FOLDER/capture" 2> "$FOLDER/state" &
capture=$!
until grep -qs '^listening' "$FOLDER/state"; do sleep 0.01; done
until grep -qs ready "$FOLDER/server"; do sleep 0.01; done

section before
counters
section said
place=$$
[ "$PLACE" = own ] || place=${machines[0]}
at "$place" node "${PROGRAMS}client.mjs" "$PROTOCOL" "$FROM" "$PORT" "$TO" "$TO_PORT" "$LIMIT"
section after
counters
section neighbours
ip neigh show
section hooks
nft list table inet witness
sleep 0.05
kill -INT "$capture"
wait "$capture"
grep -q '^0 packets dropped by kernel' "$FOLDER/state"
section capture
cat "$FOLDER/capture"
eval "$QUESTIONS"
