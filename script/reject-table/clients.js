/** The kinds of client for which a REJECT looks different. Each is a column. */
export const CLIENTS = [
  { id: 'nonblocking', title: 'TCP, non-blocking', protocol: 'tcp' },
  { id: 'blocking', title: 'TCP, blocking', protocol: 'tcp' },
  { id: 'udp', title: 'UDP', protocol: 'udp' },
  { id: 'icmp', title: 'ICMP echo', protocol: 'icmp' },
];

export const OPEN_CLIENT = { id: 'open', title: 'TCP, open connection', protocol: 'tcp' };
