#!/bin/sh
# What a boot script does: everything is emptied first.
set -e
iptables -F
iptables -X
ip6tables -F

iptables -P INPUT DROP
iptables -N web
iptables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
sudo /usr/sbin/iptables -A INPUT -p tcp \
  --dport 80 -j web # to the web server
iptables -A web -s 127.0.0.5 -p tcp -m comment --comment 'no "web"; for five' -j REJECT --reject-with tcp-reset
iptables -A web -j ACCEPT
ip6tables -A INPUT -p tcp --dport 81 -j REJECT --reject-with tcp-reset
