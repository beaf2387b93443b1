#!/bin/sh
# One scenario as somebody careful writes it without loopfw: two servers, a REJECT before one of them. For `unshare --net`.
# by-hand.sh WEB NEIGHBOUR PORT [CLOSED_PORT]; prints ok, or what is wrong.
# It polls and never sleeps, tells a refusal from a timeout by what nc says, and a REJECT from a closed port by the rule's counter.
set -eu
web=$1 neighbour=$2 port=$3 closed_port=${4:-}

fail() {
  echo "by-hand: $1" >&2
  exit 1
}

# Without -w, nc's connect is a blocking one: an ICMP error then reaches it after a second only.
connects() { nc -n -z -w 1 -s 127.0.0.1 "$1" "$2" 2>/dev/null; }
is_refused() { nc -n -v -z -w 1 -s 127.0.0.1 "$1" "$2" 2>&1 | grep -q 'Connection refused'; }

wait_for() {
  tries=0
  until connects "$1" "$2"; do
    tries=$((tries + 1))
    [ "$tries" -lt 1000 ] || fail "$1:$2 does not listen"
  done
}

ip link set lo up
nc -n -l -k "$web" "$port" >/dev/null &
servers=$!
nc -n -l -k "$neighbour" "$port" >/dev/null &
servers="$servers $!"
# shellcheck disable=SC2086 # the two are meant to be split
trap 'kill $servers' EXIT

# That they answer without the rule is the control.
wait_for "$web" "$port"
wait_for "$neighbour" "$port"

iptables-nft -A INPUT -d "$web" -p tcp --dport "$port" -j REJECT

is_refused "$web" "$port" || fail 'web is not refused'
connects "$neighbour" "$port" || fail 'neighbour does not connect'
expected=1
if [ -n "$closed_port" ]; then
  is_refused "$web" "$port" || fail 'web is not refused again'
  is_refused "$web" "$closed_port" || fail 'the closed port does not refuse'
  expected=2
fi
# At least: on a busy machine the last ACK of a control can be late, and meets the rule too.
rejected=$(iptables-nft -L INPUT -n -v -x | awk '$3 == "REJECT" { print $1 }')
[ "$rejected" -ge "$expected" ] || fail "the rule rejected $rejected packets, not $expected"
echo ok
