import type { PlannedLine } from '../../../model/plan.js';
import type { ProbeSpec, ScenarioRule } from '../../../model/scenario.js';
import { printEndpoint } from '../../../words/addresses.js';
import { nameScenarioRule } from './as-written.js';
import { type Finder, type Found, type Locator, oncePerPlace, type WarnedScenario } from './finder.js';
import { expectsAnswer, hasNat, type JudgedSet, listJudgedSets, toRequest } from './judged-set.js';
import { findListener, isOfWorld, isSomewhere } from './places.js';

/** A probe, and the one rule of nat that certainly rewrites it. */
interface Rewrite {
  set: JudgedSet;
  probe: ProbeSpec;
  line: PlannedLine;
  rule: ScenarioRule;
}

/** Finds the rules of nat PREROUTING that a client of the world itself needs, and never meets. */
export const findPreroutingRules: Finder = (scenario, locate) =>
  oncePerPlace(
    listSets(scenario).flatMap(({ set, probes }) =>
      probes.flatMap((probe) => {
        const isLocal = probe.via === null && isOfWorld(scenario.world, probe.to.address);
        const found =
          isLocal && findListener(scenario.servers, probe) === undefined
            ? findRewrite(scenario, set, probe, { chain: 'PREROUTING', inInterface: 'lo', outInterface: '' })
            : null;
        const request = toRequest(probe, '', 'lo', true);
        const isRewritten = set.findEnds('nat', 'OUTPUT', request).lines.some(({ action }) => action === 'translate');
        return found === null || isRewritten ? [] : [{ ...place(found, locate), message: describeTwin(found) }];
      }),
    ),
  );

function describeTwin({ rule, probe }: Rewrite): string {
  const [, rest] = /(?:^|\s)(?:-A|-I|--append|--insert)\s+PREROUTING(?:\s+\d+)?\s+(.*)$/.exec(rule.text) ?? [];
  const twin =
    rest === undefined
      ? 'let nat OUTPUT jump to its chain too'
      : `add -t nat -A OUTPUT -o lo ${rest.replace(/(?:^|\s)-i lo(?=\s)/, '').trim()}`;
  const to = printEndpoint(probe.to.address, probe.to.port);
  return `${nameScenarioRule(rule)} does not rewrite what the client ${probe.client ?? probe.from} sends to ${to}, because packets of the machine itself never meet nat PREROUTING: ${twin}`;
}

/** Finds the rules that send a probe to an address that nobody has. */
export const findNowhereRules: Finder = (scenario, locate) =>
  oncePerPlace(
    listDestinations(scenario).flatMap(({ to, ...found }) =>
      isSomewhere(scenario.world, to)
        ? []
        : [
            {
              ...place(found, locate),
              message: `${nameScenarioRule(found.rule)} sends the probe ${found.probe.name} to ${to}, and nothing in the scenario has this address: add a server with "address": "${to}" and the "via" of its interface, or correct the rule`,
            },
          ],
    ),
  );

/** Finds the rules that send packets from 127.0.0.0/8 out of the world. */
export const findOffHostRules: Finder = (scenario, locate) =>
  oncePerPlace(
    listDestinations(scenario).flatMap(({ to, ...found }) => {
      const { from, via, client } = found.probe;
      const leaves = via === null && from.startsWith('127.') && !isOfWorld(scenario.world, to) && isSomewhere(scenario.world, to);
      return leaves && !routesLocalnet(scenario, null)
        ? [
            {
              ...place(found, locate),
              message: `${nameScenarioRule(found.rule)} sends packets from ${from} to ${to}, and no packet from 127.0.0.0/8 may leave the machine: give the client ${client ?? from} an address of an interface`,
            },
          ]
        : [];
    }),
  );

/** Finds the rules that send packets of an interface to 127.0.0.0/8. */
export const findLocalnetRules: Finder = (scenario, locate) =>
  oncePerPlace(
    listDestinations(scenario).flatMap(({ to, ...found }) => {
      const { via } = found.probe;
      return via !== null && to.startsWith('127.') && !routesLocalnet(scenario, via)
        ? [
            {
              ...place(found, locate),
              message: `${nameScenarioRule(found.rule)} sends packets that come in by ${via} to ${to}, and routing ends them there: set "sysctl": { "net.ipv4.conf.${via}.route_localnet": 1 }, or let the server listen on an address of ${via}`,
            },
          ]
        : [];
    }),
  );

/** Finds the rules that send packets back along the cable by which they came. There, the machines answer each other directly. */
export const findCableRules: Finder = (scenario, locate) =>
  oncePerPlace(
    listDestinations(scenario).flatMap(({ to, ...found }) => {
      const { set, probe, rule } = found;
      const cable = scenario.world.interfaces.find(({ name, kind }) => name === probe.via && kind === 'cable');
      const isBack = cable?.machines.some(({ addresses }) => addresses.includes(to)) === true && to !== probe.from;
      const { sourcePort: _source, destinationPort: _destination, ...request } = toRequest(probe, null, probe.via, false);
      const { lines } = set.findEnds('nat', 'POSTROUTING', { ...request, destination: to, inInterface: null });
      return isBack && lines.every(({ action }) => action !== 'translate')
        ? [
            {
              ...place(found, locate),
              message: `${nameScenarioRule(rule)} sends what ${probe.from} sends back by ${cable.name} to ${to}, which answers ${probe.from} directly, from an address that it never asked: add -t nat -A POSTROUTING -o ${cable.name} -d ${to} -j MASQUERADE`,
            },
          ]
        : [];
    }),
  );

function routesLocalnet({ world }: WarnedScenario, via: string | null): boolean {
  return Object.entries(world.sysctl).some(
    ([name, value]) =>
      name.endsWith('.route_localnet') &&
      value !== '0' &&
      (via === null || [`net.ipv4.conf.${via}`, 'net.ipv4.conf.all'].some((own) => name.startsWith(`${own}.`))),
  );
}

/** The probes that a DNAT certainly sends to one address. */
function listDestinations(scenario: WarnedScenario): (Rewrite & { to: string })[] {
  return listSets(scenario).flatMap(({ set, probes }) =>
    probes.flatMap((probe) => {
      const { via } = probe;
      const found = findRewrite(
        scenario,
        set,
        probe,
        via === null
          ? { chain: 'OUTPUT', inInterface: '', outInterface: null }
          : { chain: 'PREROUTING', inInterface: via, outInterface: '' },
      );
      const destination = found?.line.destination;
      return found === null || destination === undefined || destination.first !== destination.last
        ? []
        : [{ ...found, to: destination.first }];
    }),
  );
}

function listSets(scenario: WarnedScenario): { set: JudgedSet; probes: ProbeSpec[] }[] {
  return listJudgedSets(scenario)
    .filter(hasNat)
    .map((set) => ({ set, probes: set.probes.filter((probe) => probe.use === null && expectsAnswer(probe)) }));
}

/** The rule of nat that certainly rewrites the first packet of a probe. null if there is none, or if more than one end is possible. */
function findRewrite(
  { world }: WarnedScenario,
  set: JudgedSet,
  probe: ProbeSpec,
  { chain, inInterface, outInterface }: { chain: 'PREROUTING' | 'OUTPUT'; inInterface: string; outInterface: string | null },
): Rewrite | null {
  const request = toRequest(probe, inInterface, outInterface, isOfWorld(world, probe.to.address));
  const { lines, policy } = set.findEnds('nat', chain, request);
  const [line] = lines;
  const rule = line === undefined ? undefined : set.getRule(line);
  return lines.length === 1 && policy === null && line?.action === 'translate' && rule !== undefined ? { set, probe, line, rule } : null;
}

function place({ set, rule }: Rewrite, locate: Locator): Omit<Found, 'message'> {
  return locate({ phase: set.phase, rule });
}
