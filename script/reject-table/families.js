/**
 * Client and server have different addresses if the family has two loopback addresses. A rule for requests then cannot match its own
 * answer.
 */
export const FAMILIES = [
  {
    id: 'ipv4',
    title: 'IPv4',
    icmp: { title: 'ICMP', unreachable: 3 },
    client: '127.0.0.1',
    server: '127.0.0.2',
    host: '127.0.0.2',
    echo: '-p icmp --icmp-type echo-request',
    headerBytes: 20,
  },
  {
    id: 'ipv6',
    title: 'IPv6',
    icmp: { title: 'ICMPv6', unreachable: 1 },
    client: '::1',
    server: '::1',
    host: '[::1]',
    echo: '-p icmpv6 --icmpv6-type echo-request',
    headerBytes: 40,
  },
];
