const FIRST_PORT = 9000;
const ECHO_HEADER_BYTES = 8;

/**
 * How the packets of one row are told from those of the others, so that one scenario can have all their rules: a port of its own; or,
 * as an echo request has none and IPv6 has one loopback address, a length of its own.
 */
export function makeAim(protocol, family, place) {
  if (protocol === 'icmp') {
    const bytes = place + 1;
    return {
      conditions: `-d ${family.server} ${family.echo} -m length --length ${family.headerBytes + ECHO_HEADER_BYTES + bytes}`,
      to: `icmp://${family.host}`,
      send: 'x'.repeat(bytes),
    };
  }
  const port = FIRST_PORT + place;
  return { conditions: `-d ${family.server} -p ${protocol} --dport ${port}`, to: `${protocol}://${family.host}:${port}` };
}
