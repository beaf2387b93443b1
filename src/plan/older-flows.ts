import type { OlderFlow } from '../model/evidence.js';
import { PROTOCOLS } from '../model/protocols.js';
import type { Packet } from '../model/result.js';
import type { Entry, Family, Rule } from '../model/rule.js';
import type { ProbeSpec, Scenario, ScenarioRule } from '../model/scenario.js';
import { canMeet, type PacketFacts, toFacts } from '../rules/stability/conditions.js';
import { getConditions } from '../rules/stability/rule-traits.js';
import { getFamily, printEndpoint, splitEndpoint } from '../words/addresses.js';

/** Targets of table nat that rewrite a packet; those that change its destination; and those that get the new address from the machine, not from their text. */
const TRANSLATING = ['DNAT', 'SNAT', 'NETMAP', 'REDIRECT', 'MASQUERADE'];
const DESTINATION_TARGETS = ['DNAT', 'REDIRECT'];
const WITHOUT_ADDRESS = ['REDIRECT', 'MASQUERADE'];
/** The chains of table nat that a packet of the world itself meets, and one from outside. */
const OWN_CHAINS = ['OUTPUT', 'POSTROUTING', 'INPUT'];
const OUTSIDE_CHAINS = ['PREROUTING', 'POSTROUTING', 'INPUT'];

/**
 * The probes whose flow an earlier probe has begun under another rule set: on the same open connection or socket, or from the same port to
 * the same destination. Connection tracking may know such a flow. Probes by their index.
 */
export function findOlderFlows({ phases }: Pick<Scenario, 'phases'>): Set<number> {
  const older = new Set<number>();
  const opened = new Map<string, string>();
  /** By flow: the number of the rule set under which it began. */
  const begun = new Map<string, number>();
  let ruleSet = 0;
  for (const phase of phases) {
    ruleSet += phase.ruleSet === null ? 0 : 1;
    if (phase.conntrack === 'flush') {
      begun.clear();
    }
    for (const probe of phase.batches.flat()) {
      const flow = opened.get(probe.use ?? '') ?? getFlow(probe);
      if (probe.open !== null && flow !== null) {
        opened.set(probe.open, flow);
      }
      if (flow !== null) {
        const start = begun.get(flow) ?? ruleSet;
        begun.set(flow, start);
        if (start < ruleSet) {
          older.add(probe.index);
        }
      }
    }
  }
  return older;
}

/** A key of the flow that a probe begins; null if no later probe can belong to it. */
function getFlow({ protocol, from, clientPort, open, to }: ProbeSpec): string | null {
  const { transport } = PROTOCOLS[protocol];
  if (transport === null || (clientPort === null && open === null)) {
    return null;
  }
  return clientPort === null ? `open ${open}` : `${transport} ${from} ${clientPort} ${printEndpoint(to.address, to.port)}`;
}

/**
 * What NAT does not do with a flow that is older than the rule set. The evidence is the request: it met no chain of table nat, or a rule
 * there that changed nothing. null if nothing is left to explain.
 *
 * @param rules the rule set that applied
 */
export function findOlderFlow(probe: ProbeSpec, rules: ScenarioRule[], journey: Packet[]): OlderFlow | null {
  const target = printEndpoint(probe.to.address, probe.to.port);
  const request = journey.find(({ destination }) => destination === target);
  if (request === undefined || isUntracked(request, rules)) {
    return null;
  }
  const rewrittenTo = findNewDestination(request, journey);
  if (request.steps.some(({ table }) => table === 'nat')) {
    const rule = isSeenUnchanged(request, journey) ? findInVain(request, rules) : null;
    return rule === null ? null : { rule: describe(rule), hasMatched: true, rewrittenTo };
  }
  const found = findTranslation(probe, rules);
  if (found === null) {
    return rewrittenTo === null ? null : { rule: null, rewrittenTo };
  }
  const { rule, target: name } = found;
  const ends = [rewrittenTo, request.rewrittenTo?.source ?? null].filter((end) => end !== null);
  const isDoneAlready = ends.length > 0 && (WITHOUT_ADDRESS.includes(name) || ends.some((end) => isWritten(end, rule.text)));
  return isDoneAlready ? null : { rule: describe(rule), hasMatched: false, rewrittenTo };
}

function describe({ index, name, text }: ScenarioRule): Pick<ScenarioRule, 'index' | 'name' | 'text'> {
  return { index, name, text };
}

/** Whether the answer shows that the request reached the destination that the client asked. An ICMP error has no ports. */
function isSeenUnchanged(request: Packet, journey: Packet[]): boolean {
  const [from, to] = [request.destination, request.source].map((end) => splitEndpoint(end).address);
  return (
    request.rewrittenTo === null &&
    journey.some(({ kind, source, destination }) =>
      kind === 'icmp-error' ? source === from && destination === to : source === request.destination && destination === request.source,
    )
  );
}

/** The rule that gives a flow another destination, and that the request has met. */
function findInVain({ steps }: Packet, rules: ScenarioRule[]): ScenarioRule | null {
  const met = new Set(steps.flatMap(({ table, rule }) => (table === 'nat' && rule !== null ? [rule] : [])));
  const translates = (entry: Entry) => listRules(entry).some(({ target }) => DESTINATION_TARGETS.includes(target?.name ?? ''));
  return rules.find(({ index, entries }) => index !== null && met.has(index) && entries.some(translates)) ?? null;
}

/**
 * Where NAT has sent the request; null if it has not, as far as the journey shows. If no chain sees the request after NAT, the answer shows
 * it: it comes from there.
 */
function findNewDestination(request: Packet, journey: Packet[]): string | null {
  const answer = journey.find(({ destination }) => destination === request.source);
  const isElsewhere = answer !== undefined && answer.source !== request.destination;
  return request.rewrittenTo?.destination ?? (isElsewhere ? answer.source : null);
}

/** Whether a rule took the packet out of connection tracking: it belongs to no flow then. */
function isUntracked({ steps }: Packet, rules: ScenarioRule[]): boolean {
  const met = new Set(steps.flatMap(({ table, rule }) => (table === 'raw' && rule !== null ? [rule] : [])));
  return rules.some(
    ({ index, entries }) =>
      index !== null &&
      met.has(index) &&
      entries.some((entry) => listRules(entry).some(({ target }) => target?.name === 'CT' || target?.name === 'NOTRACK')),
  );
}

/** Whether the text of a rule has the address that the packet has got. */
function isWritten(end: string, text: string): boolean {
  return text.includes(end.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
}

interface Translation {
  rule: ScenarioRule;
  /** The name of its target. */
  target: string;
}

/** The first rule of table nat that a new flow like the probe's can meet and that rewrites it; null if there is none. */
function findTranslation({ protocol, from, via, clientPort, to }: ProbeSpec, rules: ScenarioRule[]): Translation | null {
  const family = getFamily(from);
  const ends = { source: from, sourcePort: clientPort, destination: to.address, destinationPort: to.port };
  const facts = toFacts({ family, protocol, ...ends }, null);
  const below = new Set<string>();
  const find = (chain: string, isBuiltIn: boolean): Translation | null => {
    below.add(chain);
    for (const { owner, rule } of listChain(rules, family, chain)) {
      const name = rule.target?.name ?? '';
      if (!canMeetRule(rule, facts, isBuiltIn)) {
        continue;
      }
      const found = TRANSLATING.includes(name) ? { rule: owner, target: name } : below.has(name) ? null : find(name, false);
      if (found !== null) {
        return found;
      }
    }
    return null;
  };
  for (const chain of via === null ? OWN_CHAINS : OUTSIDE_CHAINS) {
    const found = find(chain, true);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

function canMeetRule(rule: Rule, facts: PacketFacts, isBuiltIn: boolean): boolean {
  return canMeet(getConditions(rule, isBuiltIn), facts);
}

function listChain(rules: ScenarioRule[], family: Family, chain: string): { owner: ScenarioRule; rule: Rule }[] {
  return rules.flatMap((owner) =>
    owner.entries
      .filter((entry) => entry.table === 'nat' && entry.chain === chain && entry.family === family)
      .flatMap(listRules)
      .map((rule) => ({ owner, rule })),
  );
}

function listRules(entry: Entry): Rule[] {
  return entry.kind === 'append' || entry.kind === 'insert' ? entry.rules : [];
}
