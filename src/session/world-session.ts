import { InternalError } from '../errors.js';
import { addVeth } from '../kernel/add-veth.js';
import { forgetNeighbours } from '../kernel/forget-neighbours.js';
import { openTrace } from '../kernel/open-trace.js';
import { enterNewNetworkNamespace } from '../kernel/network-namespace.js';
import { withRoutes } from '../kernel/route-socket.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { Replies, Request } from '../model/message.js';
import { readIptablesVersion } from '../world/read-iptables-version.js';
import { openWorld, type World } from '../world/open-world.js';
import { applyRuleSet, type AppliedRuleSet } from './apply-rule-set.js';
import type { Allowance } from './allowance.js';
import { Observer } from './observer.js';
import { OpenConnections } from './open-connections.js';
import { PacketCapture } from './packet-capture.js';
import { PortAllocator } from './port-allocator.js';
import { readSettledCounters } from './read-settled-counters.js';
import { runControls } from './run-controls.js';
import { runFlow } from './run-flow.js';

type Handlers = { [Type in Request['type']]: (request: Extract<Request, { type: Type }>) => Promise<Replies[Type]> };

/** What the machine gives to a world. */
export interface Means {
  /** The network namespace that must never be touched. */
  callersNamespace: string;
  commands: CommandRunner;
  /** What the worlds of one sandbox share. */
  allowance: Allowance;
}

/** The order inside one world: open · control · apply · probe … · evidence · close. Each handler is one message's work. */
export class WorldSession {
  readonly #means: Means;
  #world: World | null = null;
  #ports = new PortAllocator([]);
  readonly #connections = new OpenConnections();
  #ruleSet: AppliedRuleSet | null = null;
  #observer: Observer | null = null;
  #capture: PacketCapture | null = null;
  #failure: Error | null = null;

  constructor(means: Means) {
    this.#means = means;
  }

  /** Requests may be made without waiting for the answers to those before them: after a failure all fail as it did, up to the close. */
  async handle(request: Request): Promise<Replies[Request['type']]> {
    const handler = this.#handlers[request.type] as (request: Request) => Promise<Replies[Request['type']]>;
    if (request.type === 'close') {
      this.#failure = null;
      return handler(request);
    }
    if (this.#failure !== null) {
      throw this.#failure;
    }
    try {
      return await handler(request);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new InternalError(String(error));
      throw error;
    }
  }

  readonly #handlers: Handlers = {
    open: async ({ world, servers, isSandboxsOwn = false }) => {
      this.#ports = new PortAllocator(servers);
      if (!isSandboxsOwn) {
        enterNewNetworkNamespace();
      }
      this.#world = await openWorld(world, servers, this.#means.callersNamespace, this.#means.commands);
      return null;
    },
    control: ({ probes }) => {
      this.#ports.reserve(probes);
      return runControls(probes, { ports: this.#ports, places: this.#getWorld().places, allowance: this.#means.allowance });
    },
    apply: async ({ firewalls }) => {
      this.#observer?.close();
      // From before the rules are there: of what is then traced none is missed.
      const backend = firewalls[0]?.backend ?? 'nft';
      const reader = openTrace(backend);
      this.#ruleSet = applyRuleSet(firewalls, this.#ruleSet, this.#means.commands);
      const { places } = this.#getWorld();
      if (places.areMany) {
        // The controls have made them known. In real life the rules have been there before.
        await places.runEverywhere(forgetNeighbours);
      }
      this.#observer = new Observer(reader, backend, this.#ruleSet.chains);
      return null;
    },
    probe: async ({ probes, pace }) => {
      const world = this.#getWorld();
      const surroundings = {
        ports: this.#ports,
        connections: this.#connections,
        observer: this.#getObserver(),
        places: world.places,
        allowance: this.#means.allowance,
      };
      const replies = await runFlow({ probes, pace }, surroundings);
      await world.assertServersRun();
      return replies;
    },
    capture: () => {
      this.#capture = new PacketCapture();
      return Promise.resolve(null);
    },
    'capture-end': () => {
      const capture = this.#capture;
      this.#capture = null;
      if (capture === null) {
        throw new InternalError('packets were asked for that nobody has captured');
      }
      return Promise.resolve(capture.end());
    },
    evidence: async ({ isLast }) => {
      if (isLast) {
        // Servers go first: their half-open connections would go on sending, and the counters run ahead of the trace. So would open ones.
        this.#connections.closeAll();
        await this.#world?.takeDown();
      }
      const observer = this.#getObserver();
      observer.markHits();
      const { found = [], native = null } = this.#ruleSet?.readBack() ?? {};
      return { found, native, hits: observer.getHits(), unattributed: observer.unattributed, traceLost: observer.losses > 0 };
    },
    version: ({ backend }) => Promise.resolve(readIptablesVersion(backend, this.#means.commands)),
    counters: () => readSettledCounters(),
    veth: () => {
      this.#getWorld();
      withRoutes((socket) => addVeth({ name: 'loopfw0' }, { name: 'loopfw1' }, socket));
      return Promise.resolve(null);
    },
    close: async () => {
      const world = this.#world;
      this.#world = null;
      this.#ruleSet = null;
      this.#observer?.close();
      this.#observer = null;
      this.#connections.closeAll();
      this.#capture?.close();
      this.#capture = null;
      try {
        await world?.takeDown();
      } finally {
        world?.places.close();
      }
      return null;
    },
  };

  #getWorld(): World {
    if (this.#world === null) {
      throw new InternalError('no world is open');
    }
    return this.#world;
  }

  #getObserver(): Observer {
    if (this.#observer === null) {
      throw new InternalError('a probe was asked for before the rules were applied');
    }
    return this.#observer;
  }
}
