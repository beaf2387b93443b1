import type { Family } from '../../../model/rule.js';
import type { ScenarioRule } from '../../../model/scenario.js';
import type { KnownPacket } from '../../../rules/packets/packet.js';
import type { Ends } from '../../../rules/packets/walk.js';
import { nameScenarioRule } from './as-written.js';
import { type Finder, oncePerPlace, type WarnedScenario } from './finder.js';
import { expectsAnswer, hasNat, isBlocked, type JudgedSet, listJudgedSets, toAnswer, toRequest } from './judged-set.js';
import { isOfWorld, listHooks, listWays } from './places.js';

/** The error "port unreachable", which connection tracking calls RELATED. */
const PORT_UNREACHABLE = { ipv4: { protocol: 1, icmp: [3, 3] }, ipv6: { protocol: 58, icmp: [1, 4] } } satisfies Record<Family, object>;

/** Finds the rules that accept what is ESTABLISHED, where what is RELATED is dropped. */
export const findEstablishedRules: Finder = (scenario, locate) =>
  oncePerPlace(
    listAsking(scenario).flatMap((set) =>
      set.families.flatMap((family) =>
        listHooks(scenario).flatMap(({ chain, inInterface, outInterface }) => {
          const { protocol, icmp } = PORT_UNREACHABLE[family];
          const error: KnownPacket = {
            ...{ family, protocol, icmp: [icmp[0] ?? 0, icmp[1] ?? 0], inInterface, outInterface },
            ...{ source: null, destination: null, state: 'RELATED', isToWorld: false },
          };
          const [related, established] = ['RELATED', 'ESTABLISHED'].map((state) => set.findEnds('filter', chain, error, state));
          const rule = established === undefined ? null : getOnlyAccept(set, established);
          return related !== undefined && rule !== null && isBlocked(related)
            ? [{ ...locate({ phase: set.phase, rule }), message: describeRelated(rule, chain) }]
            : [];
        }),
      ),
    ),
  );

/** The rule sets that ask for what is ESTABLISHED. */
function listAsking(scenario: WarnedScenario): JudgedSet[] {
  return listJudgedSets(scenario).filter(({ rules }) => rules.some(({ text }) => /established/i.test(text)));
}

function describeRelated(rule: ScenarioRule, chain: string): string {
  return `${nameScenarioRule(rule)} accepts ESTABLISHED alone, and ${chain} drops RELATED: ICMP errors, and the answers of REJECT rules, do not arrive; write --ctstate RELATED,ESTABLISHED`;
}

/** The rule that certainly accepts a packet; null if it may end elsewhere. */
function getOnlyAccept(set: JudgedSet, { lines, policy }: Ends): ScenarioRule | null {
  const [line] = lines;
  return policy === null && lines.length === 1 && line?.action === 'accept' ? (set.getRule(line) ?? null) : null;
}

/** Finds the rules with NOTRACK that keep packets of a probe from the rules that would accept them by their state. */
export const findNotrackRules: Finder = (scenario, locate) =>
  oncePerPlace(
    listJudgedSets(scenario)
      .filter((set) => set.families.some((family) => set.getReader(family).changes('tracking')) && !hasNat(set))
      .flatMap((set) =>
        set.probes.flatMap((probe) => {
          const ways = probe.use === null && expectsAnswer(probe) ? listWays(scenario, probe) : [];
          for (const { raw, hooks, isAnswer } of ways) {
            const request = toRequest(probe, '', '', isOfWorld(scenario.world, probe.to.address));
            const packet = isAnswer ? toAnswer(request) : request;
            const rule = raw.map((hook) => findNotrack(set, { ...packet, ...hook }, hook.chain)).find((each) => each !== null);
            const eaten = hooks.find(
              ({ chain, ...way }) =>
                isBlocked(set.findEnds('filter', chain, { ...packet, ...way }, 'UNTRACKED')) &&
                getOnlyAccept(set, set.findEnds('filter', chain, { ...packet, ...way }, packet.state)) !== null,
            );
            if (rule !== undefined && eaten !== undefined) {
              const accepts = getOnlyAccept(set, set.findEnds('filter', eaten.chain, { ...packet, ...eaten }, packet.state));
              const what = isAnswer ? `the answer to the probe ${probe.name}` : `the probe ${probe.name}`;
              const message = `${nameScenarioRule(rule)} takes ${what} out of connection tracking: it is UNTRACKED, so ${accepts === null ? 'no rule' : nameScenarioRule(accepts)} does not accept it and ${eaten.chain} drops it; add UNTRACKED to that rule's states, or leave the NOTRACK out`;
              return [{ ...locate({ phase: set.phase, rule }), message }];
            }
          }
          return [];
        }),
      ),
  );

/** The rule that certainly takes a packet out of connection tracking. */
function findNotrack(set: JudgedSet, packet: KnownPacket, chain: string): ScenarioRule | null {
  const line = set
    .findEnds('raw', chain, packet)
    .passed.find(({ rule: { target } }) => target?.name === 'NOTRACK' || target?.options.some(({ flag }) => flag === '--notrack') === true);
  return line === undefined ? null : (set.getRule(line) ?? null);
}
