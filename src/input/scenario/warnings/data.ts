import type { ProbeSpec } from '../../../model/scenario.js';
import { nameScenarioRule } from './as-written.js';
import type { Found, Locator, WarnedScenario } from './finder.js';
import { expectsAnswer, hasNat, isBlocked, type JudgedSet, listJudgedSets, toAnswer, toRequest } from './judged-set.js';
import { isOfWorld, listWays } from './places.js';

/** The bytes of the IP packets that are tried. A SYN on lo has 60, and an ACK has 52. */
const LENGTHS = [600, 100, 1400];

/** Finds the probes that send no data, where rules end the data that they would send or get. It is of interest if they connect. */
export function findEndedData(scenario: WarnedScenario, locate: Locator): (Found & { probe: number })[] {
  return listJudgedSets(scenario).flatMap((set) => {
    const lengths = asksForLength(set) ? LENGTHS : LENGTHS.slice(0, 1);
    return set.probes
      .filter((probe) => sendsNothing(probe) && !mayBeRewritten(scenario, set, probe))
      .flatMap((probe) => findOne(scenario, set, { probe, lengths }, locate));
  });
}

/**
 * Whether rules of filter may see other addresses than those of the probe. A new source, which POSTROUTING gives, they see on lo alone:
 * there the packet comes in again.
 */
function mayBeRewritten(scenario: WarnedScenario, set: JudgedSet, probe: ProbeSpec): boolean {
  const request = toRequest(probe, '', '', isOfWorld(scenario.world, probe.to.address));
  const chains = listWays(scenario, probe).flatMap(({ isAnswer, raw, hooks }) => {
    const isOnLo = hooks.length > 1;
    return isAnswer ? [] : [...raw, ...(isOnLo ? [{ chain: 'POSTROUTING', inInterface: '', outInterface: 'lo' }] : [])];
  });
  return (
    hasNat(set) &&
    chains.some(({ chain, ...way }) =>
      set.findEnds('nat', chain, { ...request, ...way }).lines.some(({ action }) => action === 'translate'),
    )
  );
}

function sendsNothing(probe: ProbeSpec): boolean {
  const { protocol, send, open, use, expect } = probe;
  return protocol === 'tcp' && send === null && open === null && use === null && expect.reply === undefined && expectsAnswer(probe);
}

function asksForLength({ rules }: JudgedSet): boolean {
  return rules.some(({ entries }) =>
    entries.some((entry) => 'rules' in entry && entry.rules.some(({ matches }) => matches.some(({ name }) => name === 'length'))),
  );
}

function findOne(
  scenario: WarnedScenario,
  set: JudgedSet,
  { probe, lengths }: { probe: ProbeSpec; lengths: number[] },
  locate: Locator,
): (Found & { probe: number })[] {
  const request = toRequest(probe, '', '', isOfWorld(scenario.world, probe.to.address));
  for (const { isAnswer, hooks } of listWays(scenario, probe)) {
    for (const length of lengths) {
      const data = { ...(isAnswer ? toAnswer(request) : request), state: 'ESTABLISHED', flags: 'PSH,ACK', length };
      for (const { chain, ...way } of hooks) {
        const ends = set.findEnds('filter', chain, { ...data, ...way });
        const rule = isBlocked(ends) ? set.getEnder(data.family, 'filter', chain, ends) : undefined;
        if (rule !== undefined) {
          const ender = ends.lines.length === 0 ? `the policy of ${chain}` : nameScenarioRule(rule);
          const message = `the probe ${probe.name} connected, but ${ender} ends the data that the ${isAnswer ? 'server' : 'client'} would send (tried: a packet of ${length} bytes): give the probe "send", which shows it, and let the rules accept the data`;
          return [{ ...locate({ phase: set.phase, rule }), message, probe: probe.index }];
        }
      }
    }
  }
  return [];
}
