const SERVERS_A_NET = 250;

/** The data of scenarios like scenarios/reject.json: two servers and two probes. Each scenario has its own addresses, port and rule. */
export function makeFoundingCases(count) {
  return Array.from({ length: count }, (_, number) => {
    const net = `127.${1 + Math.floor(number / SERVERS_A_NET)}.${1 + (number % SERVERS_A_NET)}`;
    return { number, web: `${net}.2`, neighbour: `${net}.3`, port: 8000 + number };
  });
}

export function toScenario({ number, web, neighbour, port }) {
  return {
    name: `founding ${number}`,
    servers: { web: `tcp://${web}:${port}`, neighbour: `tcp://${neighbour}:${port}` },
    clients: { app: '127.0.0.1' },
    rules: [{ name: 'no-web', chain: 'INPUT', protocol: 'tcp', destination: web, destinationPort: port, target: 'REJECT' }],
    probes: [
      { from: 'app', to: 'web', expect: { outcome: 'refused', cause: 'rejected', rule: 'no-web' } },
      { from: 'app', to: 'neighbour', expect: 'connected' },
    ],
  };
}

/** The same for floor.c. */
export function toFloor(founding) {
  const { web, neighbour, port } = founding;
  const ports = [port, port];
  return {
    rules: [toRule(founding)],
    servers: [web, neighbour].map((address) => ({ address, ports })),
    probes: [
      { outcome: 'refused', from: '127.0.0.1', to: web, ports },
      { outcome: 'connected', from: '127.0.0.1', to: neighbour, ports },
    ],
  };
}

/** The rule of such a scenario for iptables-restore. */
export function toRestore(founding) {
  return printRestore([toRule(founding)]);
}

function toRule({ web, port }) {
  return `-A INPUT -d ${web}/32 -p tcp -m tcp --dport ${port} -j REJECT`;
}

/**
 * Input for iptables-restore without the header lines of built-in chains. It waits for the kernel at these lines, so this form is the
 * fastest.
 */
export function printRestore(lines) {
  return ['*filter', ...lines, 'COMMIT', ''].join('\n');
}
