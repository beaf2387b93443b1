// What loopfw says of the cases: causes, and the reason in each explanation.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { ProbeResult } from '../../../src/model/result.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { CASES, type Reason, type RoutingCase } from './cases.js';
import { type Backend, makeScenario, printNative } from './situation.js';

/** A case on a back end. */
export interface Run {
  situation: RoutingCase;
  backend: Backend;
}

export const RUNS: Run[] = CASES.flatMap((situation) =>
  (situation.native.length === 0 ? (['nft', 'legacy'] as const) : (['nft'] as const)).map((backend) => ({ situation, backend })),
);

/** The words of each reason. */
const SAYS: Record<Reason, RegExp> = {
  forwarding: /is no address of this host, and net\.ipv[46]\.conf\.(eth\d|all)\.forwarding is 0/,
  martian: /with the source \S+ \(a martian/,
  localnet: /pass no interface but lo while \S+route_localnet is 0/,
  'no-route': /there is no route to|the rule "[^"]* unreachable" of ipRules refuses it/,
  prohibit: /is a prohibit route|the rule "[^"]* prohibit" of ipRules refuses it/,
  unreachable: /is an unreachable route/,
  blackhole: /is a blackhole route|the rule "[^"]* blackhole" of ipRules refuses it/,
  'rp-filter': /by rp_filter, for the route to its source \S+ does not lead back by eth\d/,
  'no-neighbour': /nobody behind eth\d has answered for \S+ \(ARP or neighbour discovery\)/,
  hairpin: /sends no packet back by the port/,
  unknown: /the reason is not known/,
};

export interface Said extends Run {
  probe: ProbeResult;
  reason: Reason | null;
}

/** Runs cases, many at once: they wait for nearly all of their time. */
export async function askLoopfw(runs: Run[], ordinary: boolean): Promise<Said[]> {
  const folder = await mkdtemp(`${tmpdir()}/loopfw-routing-`);
  try {
    await chmod(folder, 0o755);
    for (const [place, { situation }] of runs.entries()) {
      await writeFile(`${folder}/${place}.nft`, printNative(situation));
    }
    const scenarios = runs.map(({ situation, backend }, place) => makeScenario(situation, backend, `${place}.nft`));
    await writeFile(`${folder}/routing.json`, JSON.stringify(scenarios));
    const result = readResult(await loopfw(['run', '-r', 'json', '-j', '16', `${folder}/routing.json`], { ordinary }));
    return runs.map((run, place) => {
      const scenario = result.scenarios[place];
      const [probe] = scenario?.probes ?? [];
      if (probe === undefined) {
        throw new Error(`${run.situation.name}: ${scenario?.error?.message}`);
      }
      const [reason = null] = (Object.keys(SAYS) as Reason[]).filter((each) => SAYS[each].test(probe.explanation));
      return { ...run, probe, reason };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
