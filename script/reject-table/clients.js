/** The kinds of client that a REJECT looks different to; each is a column. */
export const CLIENTS = [
  { id: 'nonblocking', title: 'TCP, non-blocking', protocol: 'tcp' },
  { id: 'blocking', title: 'TCP, blocking', protocol: 'tcp' },
  { id: 'udp', title: 'UDP', protocol: 'udp' },
  { id: 'icmp', title: 'ICMP echo', protocol: 'icmp' },
];

export const OPEN_CLIENT = { id: 'open', title: 'TCP, open connection', protocol: 'tcp' };
