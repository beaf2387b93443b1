import type { Entry, Rule } from '../../../model/rule.js';
import type { NativeRules, ProbeSpec, ScenarioRule } from '../../../model/scenario.js';
import { canMeet, type PacketFacts, toFacts } from '../../../rules/stability/conditions.js';
import { getConditions } from '../../../rules/stability/rule-traits.js';
import { getFamily } from '../../../words/addresses.js';
import { locateNftLine } from '../../../words/nft-lines.js';
import { nameScenarioRule } from './as-written.js';
import type { Finder, WarnedScenario } from './finder.js';
import { listJudgedProbes } from './judged-set.js';

/** A line of an nft file that asks for the user or the group of a socket. What follows a # is a comment. */
const NFT_OWNER = /^[^#]*\bsk[ug]id\b/;

/** Finds the rules that ask for the user or the group of a socket, where a client without `user` can meet them. */
export const findOwnerRules: Finder = (scenario, locate) =>
  scenario.phases.flatMap(({ ruleSet }, phase) => {
    const clients = listClients(scenario, phase);
    const [client] = clients;
    if (ruleSet === null || client === undefined) {
      return [];
    }
    const isRewritten = ruleSet.rules.some(({ entries }) => entries.some(({ table, kind }) => table === 'nat' && kind !== 'policy'));
    const found = ruleSet.rules.flatMap((rule) => {
      const met = clients.find((each) => canMeetOwner(rule, each, isRewritten));
      return met === undefined ? [] : [{ ...locate({ phase, rule }), message: describe(nameScenarioRule(rule), met) }];
    });
    return [...found, ...ruleSet.natives.flatMap((native) => findNativeLines(native, client))];
  });

function findNativeLines({ text, sources }: NativeRules, client: ProbeSpec) {
  const lines = text.split('\n').flatMap((line, place) => (NFT_OWNER.test(line) ? [place + 1] : []));
  return lines.map((line) => ({ ...locateNftLine(sources, line), column: 1, message: describe('this rule', client) }));
}

/** The probes that a phase's rule set judges, of clients in the world itself that have no `user`. */
function listClients(scenario: WarnedScenario, phase: number): ProbeSpec[] {
  return listJudgedProbes(scenario, phase).filter(({ user, via, use }) => user === null && via === null && use === null);
}

function canMeetOwner({ entries }: ScenarioRule, probe: ProbeSpec, isRewritten: boolean): boolean {
  return entries.some(
    (entry) =>
      'rules' in entry &&
      entry.family === getFamily(probe.from) &&
      entry.rules.some((rule) => asksForOwner(rule) && canMeet(getOtherConditions(rule), getFacts(probe, entry, isRewritten))),
  );
}

/** --socket-exists asks for no user. */
function asksForOwner({ matches }: Rule): boolean {
  return matches.some(({ name, options }) => name === 'owner' && options.some(({ flag }) => flag.endsWith('id-owner')));
}

function getOtherConditions(rule: Rule) {
  return getConditions({ ...rule, matches: rule.matches.filter(({ name }) => name !== 'owner') });
}

/** The facts of the client's first packet. NAT may change where it goes. */
function getFacts({ protocol, from, clientPort, to }: ProbeSpec, { family }: Entry, isRewritten: boolean): PacketFacts {
  const ends = { source: from, sourcePort: clientPort, destination: to.address, destinationPort: to.port };
  const { destination, destinationPort, port, ...rest } = toFacts({ family, protocol, ...ends }, null);
  return isRewritten ? rest : { ...rest, destination, destinationPort, port };
}

function describe(rule: string, { client, from }: ProbeSpec): string {
  return `${rule} asks whose socket sends, and the client ${client ?? from} has no "user": it is asked for loopfw's own user and group, 60999 where root runs loopfw, otherwise 0. Give the client a "user"`;
}
