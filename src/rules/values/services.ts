import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';

/** Common names of Debian's /etc/services, by protocol. iptables reads them only if that file exists, and prints numbers. */
const TCP = [
  'tcpmux 1, systat 11, users 11, netstat 15, qotd 17, quote 17, ftp-data 20, ftp 21, ssh 22, telnet 23, mail 25, smtp 25',
  'nicname 43, whois 43, gopher 70, finger 79, http 80, www 80, iso-tsap 102, tsap 102, pop-3 110, pop3 110, auth 113',
  'authentication 113, ident 113, tap 113, nntp 119, epmap 135, loc-srv 135, netbios-ssn 139, imap 143, imap2 143, bgp 179',
  'microsoft-ds 445, smtps 465, ssmtp 465, submissions 465, urd 465, exec 512, login 513, cmd 514, shell 514, printer 515',
  'spooler 515, uucp 540, klogin 543, kshell 544, afpovertcp 548, nntps 563, submission 587, ipp 631, silc 706',
  'kerberos-adm 749, spamd 783, rsync 873, ftps-data 989, ftps 990, telnets 992, imaps 993, pop3s 995, socks 1080',
  'rmiregistry 1099, ms-sql-s 1433, cvspserver 2401, zebra 2601, ospfd 2604, bgpd 2605, dict 2628, gpsd 2947',
  'iscsi-target 3260, mysql 3306, ms-wbt-server 3389, distcc 3632, daap 3689, subversion 3690, svn 3690, sieve 4190',
  'epmd 4369, ntske 4460, munin 4949, jabber-client 5222, xmpp-client 5222, jabber-server 5269, xmpp-server 5269',
  'postgres 5432, postgresql 5432, nrpe 5666, nsca 5667, amqps 5671, amqp 5672, x11 6000, x11-0 6000, redis 6379',
  'syslog-tls 6514, sane-port 6566, ircd 6667, ircs-u 6697, font-service 7100, xfs 7100, http-alt 8080, webcache 8080',
  'puppet 8140, bacula-dir 9101, bacula-fd 9102, bacula-sd 9103, git 9418, webmin 10000, zabbix-agent 10050',
  'zabbix-trapper 10051, amanda 10080, amandaidx 10082, nbd 10809, hkp 11371',
];
const UDP = [
  'fsp 21, fspd 21, bootps 67, bootpc 68, tftp 69, ntp 123, netbios-ns 137, netbios-dgm 138, xdmcp 177, isakmp 500, biff 512',
  'who 513, talk 517, ntalk 518, route 520, routed 520, router 520, dhcpv6-client 546, dhcpv6-server 547, asf-rmcp 623',
  'ms-sql-m 1434, l2f 1701, l2tp 1701, icp 3130, icpv2 3130, ipsec-nat-t 4500, iax 4569, mdns 5353, babel 6696',
];
const BOTH = [
  'echo 7, discard 9, null 9, sink 9, daytime 13, chargen 19, source 19, ttytst 19, time 37, timserver 37, tacacs 49',
  'domain 53, kerberos 88, kerberos-sec 88, kerberos5 88, krb5 88, portmapper 111, sunrpc 111, snmp 161, snmp-trap 162',
  'snmptrap 162, ldap 389, svrloc 427, https 443, kpasswd 464, syslog 514, rtsp 554, ldaps 636, tinc 655, domain-s 853',
  'openvpn 1194, datametrics 1645, old-radius 1645, old-radacct 1646, sa-msg-port 1646, radius 1812, radacct 1813',
  'radius-acct 1813, nfs 2049, isns 3205, nut 3493, sip 5060, sip-tls 5061',
];

function toEntries(lists: string[]): [string, string][] {
  return lists
    .join(', ')
    .split(', ')
    .map((row) => row.split(' ') as [string, string]);
}

/** The port of each service, by the protocol of its entries. */
const SERVICES: Record<string, Map<string, string>> = {
  tcp: new Map(toEntries([...TCP, ...BOTH])),
  udp: new Map(toEntries([...UDP, ...BOTH])),
  sctp: new Map([['amqp', '5672']]),
};
const ALL = new Map(Object.values(SERVICES).flatMap((services) => [...services]));

/** The first name of the service on a port; null if it has none. */
export function nameService(port: number, protocol: string): string | null {
  const named = [...(SERVICES[protocol] ?? [])].find(([, each]) => Number(each) === port);
  return named?.[0] ?? null;
}

/** Whether a service has this name. */
export function isService(name: string): boolean {
  return ALL.has(name);
}

/**
 * The port of a service.
 *
 * @param protocol the protocol that must have the service; null: any
 * @throws RuleError for a name that is not in the table
 */
export function findService(name: string, protocol: string | null): string {
  const port = protocol === null ? ALL.get(name) : SERVICES[protocol]?.get(name);
  if (port !== undefined) {
    return port;
  }
  if (ALL.has(name)) {
    const others = Object.keys(SERVICES).filter((other) => SERVICES[other]?.has(name));
    throw new RuleError(`the service ${name} belongs to ${others.join(' and ')}, not to ${protocol}: write the number`);
  }
  throw new RuleError(
    `"${name}" is not a service that every machine knows${didYouMean(name, [...ALL.keys()])}: write the port as a number from 0 to 65535`,
  );
}
