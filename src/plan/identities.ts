import { hash } from 'node:crypto';
import type { Place, ProbeResult, RunBackend } from '../model/result.js';
import type { ProbeSpec, Scenario, WorldSpec } from '../model/scenario.js';

/** What the result says of a probe before anything has run: its id, its two ends, and the phase whose rules judge it. */
export type Identity = Pick<ProbeResult, 'id' | 'ruleSet' | 'clientPlace' | 'serverPlace'>;

/** 56 bits: of 100,000 probes two have the same with a probability of 1 in 10 million. */
const ID_DIGITS = 14;

/** The identities of a scenario's probes, by their index. */
export function listIdentities({ file, name, phases, world }: Scenario, backend: RunBackend): Identity[] {
  const places = listPlaces(world);
  const identities: Identity[] = [];
  let ruleSet = 0;
  for (const [order, phase] of phases.entries()) {
    ruleSet = phase.ruleSet === null ? ruleSet : order;
    const met = new Map<string, number>();
    for (const probe of phase.batches.flat()) {
      const number = (met.get(probe.name) ?? 0) + 1;
      met.set(probe.name, number);
      const key = JSON.stringify([file, name, backend, phase.name, probe.name, number]);
      identities[probe.index] = {
        id: `p${hash('sha256', key, 'hex').slice(0, ID_DIGITS)}`,
        ruleSet,
        clientPlace: probe.via === null ? null : (findPlace(places, probe.from, probe.via) ?? { interface: probe.via, bridge: null }),
        serverPlace: findPlace(places, probe.to.address),
      };
    }
  }
  return identities;
}

type Places = Map<string, { via: string; place: Place }[]>;

/** Where the machines outside are, by their addresses. */
function listPlaces({ interfaces }: WorldSpec): Places {
  const places: Places = new Map();
  for (const { name, kind, machines } of interfaces) {
    for (const { addresses, port } of machines) {
      const place = { interface: port ?? name, bridge: kind === 'bridge' ? name : null };
      addresses.forEach((address) => places.set(address, [...(places.get(address) ?? []), { via: name, place }]));
    }
  }
  return places;
}

/** @param via the interface behind which it is, where that is known */
function findPlace(places: Places, address: ProbeSpec['from'], via?: string): Place | null {
  return places.get(address)?.find((machine) => via === undefined || machine.via === via)?.place ?? null;
}
