const FIRST_PORT = 9000;
const ECHO_HEADER_BYTES = 8;

/**
 * Makes conditions that match only the packets of one row, so that one scenario can have the rules of all rows. Each row has its own port.
 * An echo request has no port, and IPv6 has only one loopback address, so an echo request has its own length instead.
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
