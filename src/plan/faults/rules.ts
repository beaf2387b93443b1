import type { Fault, FaultProtocol } from '../../model/program.js';
import type { Family } from '../../model/rule.js';
import { FAULT_TABLE } from '../../words/nft-chain.js';
import type { FaultKindRow, PacketFault } from './kind.js';

/** The most elements of a set. A set that is full ends the counting, and with `first` or `chance` the fault. */
const MOST = 1_000_000;
/** How long a SYN can come again: the kernel gives up after 127 s. A client of UDP that was silent for so long is a new one. */
const ATTEMPT_LASTS = '5m';
const CONNECTION_LASTS = '1d';
/** The burst of nft's `limit` is the number of connections; another one is allowed a day later. */
const NO_MORE = '1/day';
const PARTS = 1_000_000;

/**
 * Makes the kernel's trace show the packet from here on. The kernel writes nft's trace only while a table has such a statement: with the
 * legacy back end, the trace of a packet that a rule has marked needs it, too.
 */
const TRACED = 'meta nftrace set 1';

/** The kernel's names of a family in nft. */
const WORDS: Record<Family, string> = { ipv4: 'ip', ipv6: 'ip6' };

/** The objects of a fault, and their names. */
export interface FaultObjects {
  put: string[];
  remove: string[];
  chain: string;
  counter: string;
  /** The sets of connections that existed when it began, and of those that have the fault. */
  standingSets: Record<Family, string>;
  chosenSets: Record<Family, string>;
}

/**
 * The objects of a fault in loopfw's own table.
 *
 * - The chain of the fault is asked for each incoming packet.
 * - `attempts` has each SYN by its port and sequence number: a SYN that is sent again is no new connection.
 * - `chosen` has the connections that have the fault. Only a fault for some connections needs it, and a wide target: a RST or a SYN-ACK to a
 *   client at 127.0.0.1 is no question to the target 127.0.0.1.
 * - `out` has the flows of UDP that the target itself has begun: UDP has no SYN, and an answer to the target is no question.
 * - `hit` has the connections that have been counted.
 *
 * The key of a connection is its client's address, the target's address, and both ports.
 */
export function makeFaultObjects({ target, selection, keepsLive, bytes }: Fault, row: FaultKindRow, id: number): FaultObjects {
  const name = `f${id}`;
  const { protocol } = target;
  const isSelective = keepsLive || selection.first !== null || selection.chance !== null || isTwoWay(target);
  const families = [...new Set(target.hosts.map(({ family }) => family))];
  const sets = new Map<string, string>();
  const chains: string[] = [];
  const rules: string[] = [];
  const addSet = (set: string, type: string, timeout: string): void => {
    sets.set(set, `{ typeof ${type}; size ${MOST}; flags dynamic,timeout; timeout ${timeout}; }`);
  };
  const addRule = (chain: string, ...statements: string[]): void => {
    rules.push(`add rule ${FAULT_TABLE} ${chain} ${statements.filter((statement) => statement !== '').join(' ')}`);
  };
  const { packets } = row;
  chains.push(name);
  for (const family of families) {
    const keys = getKeys(family, protocol);
    const [attempts, chosen, hit, standing, out] = ['attempts', 'chosen', 'hit', 'standing', 'out'].map(
      (set) => `${name}_${set}_${family}`,
    ) as [string, string, string, string, string];
    const fresh = `${name}_new_${family}`;
    const questions = listMatches(target, family, 'question');
    if (row.standing === 'silence' || row.standing === 'end-silently') {
      addSet(standing, keys.question, CONNECTION_LASTS);
      const match = row.standing === 'end-silently' ? 'tcp flags & rst == rst' : '';
      questions
        .filter(() => row.standing === 'silence')
        .forEach((to) => addRule(name, to, `${keys.question} @${standing}`, TRACED, 'drop'));
      listMatches(target, family, 'answer').forEach((from) => addRule(name, from, match, `${keys.answer} @${standing}`, TRACED, 'drop'));
    }
    if (packets === null) {
      continue;
    }
    chains.push(fresh);
    const attempt = protocol === 'tcp' ? 'tcp sport . tcp sequence' : keys.question;
    addSet(attempts, attempt, ATTEMPT_LASTS);
    addSet(hit, keys.question, CONNECTION_LASTS);
    const hasOut = protocol === 'udp' && isTwoWay(target);
    if (hasOut) {
      addSet(out, keys.question, ATTEMPT_LASTS);
      listMatches(target, family, 'answer').forEach((from) =>
        addRule(name, from, `${keys.answer} != @${attempts}`, `update @${out} { ${keys.question} }`),
      );
    }
    const isSyn = protocol === 'tcp' ? 'tcp flags & (fin|syn|rst|ack) == syn' : hasOut ? `${keys.answer} != @${out}` : '';
    questions.forEach((to) => addRule(name, to, isSyn, `${attempt} != @${attempts}`, `jump ${fresh}`));
    addRule(fresh, `add @${attempts} { ${attempt} }`);
    addRule(fresh, `delete @${hit} { ${keys.question} }`);
    if (isSelective) {
      addSet(chosen, keys.question, CONNECTION_LASTS);
      addRule(fresh, `delete @${chosen} { ${keys.question} }`);
      const parts = Math.round((selection.chance ?? 1) * PARTS);
      // nft refuses a comparison that is never true.
      if (parts < PARTS) {
        addRule(fresh, `numgen random mod ${PARTS} >= ${parts} return`);
      }
      if (selection.first !== null) {
        addRule(fresh, `limit rate over ${NO_MORE} burst ${selection.first} packets return`);
      }
      addRule(fresh, `add @${chosen} { ${keys.question} }`);
    }
    for (const of of packets.of) {
      const key = keys[of];
      const chain = `${name}_${of}_${family}`;
      chains.push(chain);
      for (const match of listMatches(target, family, of)) {
        for (const further of packets.listMatches(family, bytes ?? 0)) {
          addRule(name, match, further, isSelective ? `${key} @${chosen}` : '', `jump ${chain}`);
        }
      }
      addRule(chain, getHit(packets, protocol), `${key} != @${hit}`, `add @${hit} { ${key} }`, `counter name ${name}`, TRACED);
      addRule(chain, packets.verdict[protocol] ?? 'drop');
    }
  }
  return {
    put: [
      `add counter ${FAULT_TABLE} ${name}`,
      ...[...sets].map(([set, text]) => `add set ${FAULT_TABLE} ${set} ${text}`),
      ...chains.map((chain) => `add chain ${FAULT_TABLE} ${chain}`),
      ...rules,
    ],
    remove: [
      ...chains.map((chain) => `flush chain ${FAULT_TABLE} ${chain}`),
      ...chains.map((chain) => `delete chain ${FAULT_TABLE} ${chain}`),
      ...[...sets.keys()].map((set) => `delete set ${FAULT_TABLE} ${set}`),
    ],
    chain: name,
    counter: name,
    standingSets: { ipv4: `${name}_standing_ipv4`, ipv6: `${name}_standing_ipv6` },
    chosenSets: { ipv4: `${name}_chosen_ipv4`, ipv6: `${name}_chosen_ipv6` },
  };
}

/** The first port that the kernel gives to clients (net.ipv4.ip_local_port_range). */
const FIRST_OF_CLIENTS = 32_768;

/**
 * Whether packets to the target's clients can look like packets to the target: those have its address, as 127.0.0.1, and one of its ports.
 * Then only the SYN tells who is the client, so that the fault is about the connections whose SYNs it has seen. A RST for the client would
 * be refused otherwise, and an answer from elsewhere dropped. For UDP, the
 * first datagram tells.
 */
export function isTwoWay({ ports }: Fault['target']): boolean {
  return ports === null || (ports.first !== ports.last && ports.last >= FIRST_OF_CLIENTS);
}

function getHit({ hits }: PacketFault, protocol: FaultProtocol): string {
  return hits === 'attempts' && protocol === 'tcp' ? 'tcp flags & (syn|psh) != 0' : '';
}

function getKeys(family: Family, protocol: FaultProtocol): Record<'question' | 'answer', string> {
  const word = WORDS[family];
  return {
    question: `${word} saddr . ${word} daddr . ${protocol} sport . ${protocol} dport`,
    answer: `${word} daddr . ${word} saddr . ${protocol} dport . ${protocol} sport`,
  };
}

/** The conditions of packets to the target, or from it: one for each of its addresses. */
function listMatches({ protocol, hosts, ports }: Fault['target'], family: Family, of: 'question' | 'answer'): string[] {
  const [address, port] = of === 'question' ? ['daddr', 'dport'] : ['saddr', 'sport'];
  const where = ports === null ? `meta l4proto ${protocol}` : `${protocol} ${port} ${printPorts(ports)}`;
  return hosts
    .filter((host) => host.family === family)
    .map((host) => (host.address === null ? `meta nfproto ${family} ${where}` : `${WORDS[family]} ${address} ${host.address} ${where}`));
}

function printPorts({ first, last }: NonNullable<Fault['target']['ports']>): string {
  return first === last ? `${first}` : `${first}-${last}`;
}
