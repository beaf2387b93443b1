iptables -I INPUT 2 -p tcp --dport 83 -j REJECT --reject-with tcp-reset
iptables -A web -s 127.0.0.6 -j ACCEPT
