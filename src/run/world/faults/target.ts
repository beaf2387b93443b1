import { getAddressProblem } from '../../../input/scenario/world/address.js';
import { parsePorts } from '../../../input/scenario/parties/url.js';
import type { FaultProtocol, FaultTarget } from '../../../model/program.js';
import { getFamily, isIPv6Text, isWildcard } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';

const PROTOCOLS: FaultProtocol[] = ['tcp', 'udp'];
const FORMS = 'ADDRESS:PORT, ADDRESS, [IPV6]:PORT, localhost:PORT or :PORT, with udp:// before it for UDP';

const EVERYWHERE: FaultTarget['hosts'] = [
  { family: 'ipv4', address: null },
  { family: 'ipv6', address: null },
];
const LOCALHOST: FaultTarget['hosts'] = [
  { family: 'ipv4', address: '127.0.0.1' },
  { family: 'ipv6', address: '::1' },
];

/** Parses the target of a fault: `127.0.0.2:5432`, `10.255.255.1`, `udp://[::1]:53`, `localhost:80`, `:5432`. */
export function parseTarget(text: string): FaultTarget | { problem: string } {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(text) ?? [];
  const protocol = PROTOCOLS.find((each) => each === scheme);
  if (protocol === undefined) {
    return { problem: `expected tcp:// or udp://, or neither, found ${quote(`${scheme}://`)}` };
  }
  const { host, port } = splitTarget(rest);
  const ports = port === null ? null : parsePorts(port);
  if (ports !== null && 'problem' in ports) {
    return ports;
  }
  const hosts = findHosts(host);
  if ('problem' in hosts) {
    return hosts;
  }
  return rest === '' || (host === '' && ports === null)
    ? { problem: `expected ${FORMS}, found ${quote(text)}` }
    : { protocol, hosts, ports };
}

/** An address of IPv6 without brackets has no port: nobody could tell which colon is before it. */
function splitTarget(text: string): { host: string; port: string | null } {
  if (isIPv6Text(text) && !text.startsWith('[') && text.indexOf(':') !== text.lastIndexOf(':')) {
    return { host: text, port: null };
  }
  const [, bracketed, plain = '', port = null] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(text) ?? [];
  return { host: bracketed ?? plain, port };
}

function findHosts(host: string): FaultTarget['hosts'] | { problem: string } {
  if (host === '' || isWildcard(host)) {
    return EVERYWHERE;
  }
  if (host === 'localhost') {
    return LOCALHOST;
  }
  const problem = getAddressProblem(host, 'destination');
  return problem === null ? [{ family: getFamily(host), address: host }] : { problem };
}
