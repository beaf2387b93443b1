ufw default deny incoming
ufw default allow outgoing
ufw default deny routed
ufw deny in on eth0 from 203.0.113.66
ufw route deny in on eth0 out on eth1 from 203.0.113.66
ufw limit in on eth1 to any port 22 proto tcp comment 'ssh from inside only'
ufw allow in on eth1 to any port 53
ufw allow in on eth1 to any port 67 proto udp
ufw reject in on eth1 to any port 23 proto tcp
ufw reject in on eth0 to any port 113 proto tcp
ufw allow in on eth0 to any port 51820 proto udp comment wireguard
ufw route reject in on eth1 out on eth0 to any port 25 proto tcp comment 'mail goes by the relay'
ufw route deny in on eth1 out on eth0 from 10.0.0.66
ufw route deny in on eth1 out on eth0 to any port 137:139,445 proto tcp
ufw route allow in on eth1 out on eth0 from 10.0.0.0/24
ufw route allow in on eth0 out on eth1 to 10.0.0.5 port 80 proto tcp comment 'web server inside'
ufw --force enable

# and at the head of /etc/ufw/before.rules:
# nat: the inside goes out as 192.0.2.1; port 8080 goes to the web server inside
#   *nat
#   :PREROUTING ACCEPT [0:0]
#   :POSTROUTING ACCEPT [0:0]
#   -A PREROUTING -i eth0 -d 192.0.2.1 -p tcp --dport 8080 -j DNAT --to-destination 10.0.0.5:80
#   -A POSTROUTING -s 10.0.0.0/24 -o eth0 -j MASQUERADE
#   COMMIT
