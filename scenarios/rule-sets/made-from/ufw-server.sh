ufw default deny incoming
ufw default allow outgoing
ufw deny from 203.0.113.66 comment 'scans us'
ufw reject out 6667/tcp
ufw allow from 198.51.100.0/24 to any port 22 proto tcp comment 'ssh from the admin network'
ufw limit 22/tcp
ufw allow 80,443/tcp
ufw allow 53
ufw reject 25/tcp
ufw reject 113/tcp
ufw deny 3306
ufw allow from 2001:db8:abcd::/48 to any port 9100 proto tcp comment metrics
ufw allow from 198.51.100.0/24 to 192.0.2.10 port 9100 proto tcp comment metrics
ufw allow 60000:61000/udp
ufw deny log 23/tcp
ufw --force enable
