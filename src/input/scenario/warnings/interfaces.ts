import type { NftText, ScenarioRule } from '../../../model/scenario.js';
import { collectBridgePorts, collectInterfaces, findLoRule, isNamed } from '../../../rules/chains/interfaces.js';
import { findNftDevices } from '../../../rules/nft/unseen.js';
import { getFamily } from '../../../words/addresses.js';
import { locateNftLine } from '../../../words/nft-lines.js';
import { listWords, quote } from '../../../words/phrases.js';
import { listProbes } from '../probes/list.js';
import { type Finder, listRuleSets, type WarnedScenario } from './finder.js';

const LO_IS_ALL =
  'this rule accepts all that comes in by lo, and every probe is on lo: no rule of INPUT behind it is met. Describe an interface ("interfaces") and give clients "via" it';

/** Finds the rules for an interface or a bridge port that the world does not have, one for each name. */
export const findUnknownInterfaces: Finder = (scenario, locate) => {
  const { interfaces } = scenario.world;
  const known = ['lo', ...interfaces.map(({ name }) => name)];
  const ports = interfaces.flatMap(({ machines }) => machines.flatMap(({ port }) => port ?? []));
  const kinds = [
    { collect: collectInterfaces, known, describe: (name: string) => describeUnknown(name, known) },
    { collect: collectBridgePorts, known: ports, describe: describeUnknownPort },
  ];
  const ofRules = listRuleSets(scenario).flatMap(({ phase, rules }) =>
    kinds.flatMap(({ collect, known: there, describe }) =>
      [...collect(rules)]
        .filter(([name]) => !isNamed(name, there))
        .map(([name, rule]) => ({ ...locate({ phase, rule }), message: describe(name) })),
    ),
  );
  const ofChains = scenario.phases.flatMap(({ ruleSet }) =>
    (ruleSet?.natives ?? []).flatMap((native) => findUnknownDevices(native, [...known, ...ports])),
  );
  return [...ofRules, ...ofChains];
};

function describeUnknownPort(name: string): string {
  return `no bridge of the world has a port ${quote(name)}: no packet comes or goes by it. Each machine on a bridge has a port; the result names them ("world", "links")`;
}

/** nft and the kernel take a chain of a device that is not there (6.18). It then meets no packet. */
function findUnknownDevices({ text, sources }: NftText, known: string[]): ReturnType<Finder> {
  return findNftDevices(text)
    .filter(({ name }) => !isNamed(name, known))
    .map(({ name, line, column }) => ({ ...locateNftLine(sources, line), column, message: describeUnknown(name, known) }));
}

function describeUnknown(name: string, known: string[]): string {
  return `the world has no interface ${quote(name)}, only ${listKnown(known)}: no packet comes or goes by it. Describe it in "interfaces" or "bridges"`;
}

/** The most interfaces that a message names. */
const MOST = 4;

function listKnown(known: string[]): string {
  const shown = known.length > MOST ? [...known.slice(0, MOST), `${known.length - MOST} more`] : known;
  return listWords(shown, 'and');
}

/** Finds the rules on lo that accept the packets of all probes. */
export const findLoRules: Finder = (scenario, locate) => {
  if (hasOutsiders(scenario)) {
    return [];
  }
  const families = [...new Set(listProbes(scenario).map(({ from }) => getFamily(from)))];
  return listRuleSets(scenario).flatMap(({ phase, rules }) => {
    const found = families.map((family) => findLoRule(rules, family)).filter((rule): rule is ScenarioRule => rule !== null);
    return [...new Set(found)].map((rule) => ({ ...locate({ phase, rule }), message: LO_IS_ALL }));
  });
};

/** Whether a client or a server is at the other end of an interface. */
function hasOutsiders(scenario: WarnedScenario): boolean {
  return listProbes(scenario).some(({ via }) => via !== null) || scenario.servers.some(({ via }) => via !== null);
}
