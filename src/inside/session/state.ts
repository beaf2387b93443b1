import type { ProbePlan } from '../../model/plan.js';
import type { Server, WorldSpec } from '../../model/scenario.js';
import type { ChosenSources } from '../probe/sources.js';
import type { Faults } from '../faults/faults.js';
import { ProgramJourneys } from '../journeys/journeys.js';
import type { RoutingPolicy } from '../routing/policy.js';
import type { Router } from '../routing/router.js';
import type { AppliedRuleSet } from '../rules/applied.js';
import type { PacketCapture } from '../world/capture.js';
import { mayLearnRoutes } from '../world/network.js';
import type { World } from '../world/open.js';
import { OpenConnections } from './connections.js';
import { DirectClients } from './direct.js';
import type { Observer } from './observer.js';
import { PortAllocator } from './ports.js';

/** A world, with the state that its probes share. */
export interface OpenWorld {
  world: World;
  ports: PortAllocator;
  /** null if the TCP clients run in the event loop. */
  direct: DirectClients | null;
  connections: OpenConnections;
  /** null if no packets are captured. */
  capture: PacketCapture | null;
  /** null before the first fault. */
  faults: Faults | null;
  /** null if no program runs in the world. */
  journeys: ProgramJourneys | null;
  /** Whether a program runs in the world, beside probes. */
  isHosting: boolean;
  /** Whether a program has started in it. */
  hasBegun: boolean;
  /** The probes of the scenario. */
  probes: ProbePlan[];
  sources: ChosenSources;
  /** The rules and routes that the scenario states. */
  policy: RoutingPolicy;
  mayLearnRoutes: boolean;
}

/** With a rule set, whose trace is read. */
export interface RuledState {
  kind: 'ruled';
  opened: OpenWorld;
  ruleSet: AppliedRuleSet;
  observer: Observer;
  /** null without the observer's chains. */
  router: Router | null;
}

type SoundState =
  /** Before the open request, and after the close request. */
  | { kind: 'closed' }
  /** Without a rule set. */
  | { kind: 'open'; opened: OpenWorld }
  | RuledState;

/** failed: every request up to the close fails with this error. The close takes down the state before it. */
export type State = SoundState | { kind: 'failed'; error: Error; before: SoundState };

/** What a world is opened with. */
interface Opening {
  /** null: nothing but lo. */
  spec: WorldSpec | null;
  servers: Server[];
  isHosting: boolean;
  /** nft's list of all rules. */
  listRules: () => string;
}

/** The state of a world that has just been opened. */
export function makeOpenWorld(world: World, { spec, servers, isHosting, listRules }: Opening): OpenWorld {
  const opened: OpenWorld = {
    world,
    direct: world.direct && new DirectClients(world.direct),
    ports: new PortAllocator(servers, (client) => opened.journeys?.expectOwn(client)),
    connections: new OpenConnections(),
    capture: null,
    faults: null,
    isHosting,
    hasBegun: false,
    journeys: null,
    probes: [],
    sources: new Map<number, string>(),
    policy: spec ?? { ipRules: [], routes: [] },
    mayLearnRoutes: spec !== null && mayLearnRoutes(spec),
  };
  if (isHosting) {
    opened.journeys = new ProgramJourneys({
      findFault: (chain) => opened.faults?.find(chain) ?? null,
      findEnd: (client) => opened.faults?.findEnd(client) ?? null,
      listRules,
    });
  }
  return opened;
}

/** Takes down a world, with the connections that are open. */
export async function closeWorld({ world, connections, capture, faults, journeys }: OpenWorld): Promise<void> {
  connections.closeAll();
  journeys?.close();
  await faults?.close();
  if (capture !== null) {
    capture.close();
  }
  try {
    await world.takeDown();
  } finally {
    world.places.close();
  }
}
