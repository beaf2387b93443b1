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

/** A world, and what its probes share. */
interface OpenWorld {
  world: World;
  ports: PortAllocator;
  connections: OpenConnections;
  /** null while nobody wants the packets. */
  capture: PacketCapture | null;
}

type SoundState =
  /** Before the open, and after the close. */
  | { kind: 'closed' }
  /** No rule set yet. */
  | { kind: 'open'; opened: OpenWorld }
  /** A rule set holds, and its trace is read. */
  | { kind: 'ruled'; opened: OpenWorld; ruleSet: AppliedRuleSet; observer: Observer };

/** failed: every request fails with this error, up to the close, which takes down what was there before. */
type State = SoundState | { kind: 'failed'; error: Error; before: SoundState };

/** The order inside one world: open · control · apply · probe … · evidence · close. Each handler is one message's work. */
export class WorldSession {
  readonly #means: Means;
  #state: State = { kind: 'closed' };

  constructor(means: Means) {
    this.#means = means;
  }

  /** Requests may be made without waiting for the answers to those before them: after a failure all fail as it did, up to the close. */
  async handle(request: Request): Promise<Replies[Request['type']]> {
    const handler = this.#handlers[request.type] as (request: Request) => Promise<Replies[Request['type']]>;
    if (request.type === 'close') {
      return handler(request);
    }
    if (this.#state.kind === 'failed') {
      throw this.#state.error;
    }
    try {
      return await handler(request);
    } catch (error) {
      this.#state = { kind: 'failed', error: error instanceof Error ? error : new InternalError(String(error)), before: this.#state };
      throw error;
    }
  }

  readonly #handlers: Handlers = {
    open: async ({ world, servers, isSandboxsOwn = false }) => {
      if (!isSandboxsOwn) {
        enterNewNetworkNamespace();
      }
      const opened = {
        world: await openWorld(world, servers, this.#means.callersNamespace, this.#means.commands),
        ports: new PortAllocator(servers),
        connections: new OpenConnections(),
        capture: null,
      };
      this.#state = { kind: 'open', opened };
      return null;
    },
    control: ({ probes }) => {
      const { ports, world } = this.#getOpened();
      ports.reserve(probes);
      return runControls(probes, { ports, places: world.places, allowance: this.#means.allowance });
    },
    apply: async ({ ruleSet }) => {
      const opened = this.#getOpened();
      const before = this.#endTrace();
      // From before the rules are there: of what is then traced none is missed.
      const reader = openTrace(ruleSet.backend);
      try {
        const applied = applyRuleSet(ruleSet, before, this.#means.commands);
        const { places } = opened.world;
        if (places.areMany) {
          // The controls have made them known. In real life the rules have been there before.
          await places.runEverywhere(forgetNeighbours);
        }
        const observer = new Observer(reader, ruleSet.backend, applied.chains);
        this.#state = { kind: 'ruled', opened, ruleSet: applied, observer };
      } catch (error) {
        reader.close();
        throw error;
      }
      return null;
    },
    probe: async (flow) => {
      const { opened, observer } = this.#getRuled();
      const { world, ports, connections } = opened;
      const replies = await runFlow(flow, { ports, connections, observer, places: world.places, allowance: this.#means.allowance });
      await world.assertServersRun();
      return replies;
    },
    capture: () => {
      this.#getOpened().capture = new PacketCapture();
      return Promise.resolve(null);
    },
    'capture-end': () => {
      const opened = this.#getOpened();
      const { capture } = opened;
      opened.capture = null;
      if (capture === null) {
        throw new InternalError('packets were asked for that nobody has captured');
      }
      return Promise.resolve(capture.end());
    },
    evidence: async ({ isLast }) => {
      const { opened, ruleSet, observer } = this.#getRuled();
      if (isLast) {
        // Servers go first: their half-open connections would go on sending, and the counters run ahead of the trace. So would open ones.
        opened.connections.closeAll();
        await opened.world.takeDown();
      }
      observer.markHits();
      const found = ruleSet.readBack();
      return { ruleSet: found, hits: observer.getHits(), unattributed: observer.unattributed, traceLost: observer.losses > 0 };
    },
    version: ({ backend }) => Promise.resolve(readIptablesVersion(backend, this.#means.commands)),
    counters: () => readSettledCounters(),
    veth: () => {
      this.#getOpened();
      withRoutes((socket) => addVeth({ name: 'loopfw0' }, { name: 'loopfw1' }, socket));
      return Promise.resolve(null);
    },
    close: async () => {
      const last = this.#state.kind === 'failed' ? this.#state.before : this.#state;
      this.#state = { kind: 'closed' };
      if (last.kind === 'ruled') {
        last.observer.close();
      }
      if (last.kind !== 'closed') {
        await closeWorld(last.opened);
      }
      return null;
    },
  };

  /** Of the rule set that holds, if one does. Gives what it is written in. */
  #endTrace(): AppliedRuleSet['kind'] | null {
    if (this.#state.kind !== 'ruled') {
      return null;
    }
    const { opened, ruleSet, observer } = this.#state;
    observer.close();
    this.#state = { kind: 'open', opened };
    return ruleSet.kind;
  }

  #getOpened(): OpenWorld {
    if (this.#state.kind === 'open' || this.#state.kind === 'ruled') {
      return this.#state.opened;
    }
    throw new InternalError('no world is open');
  }

  #getRuled(): Extract<State, { kind: 'ruled' }> {
    if (this.#state.kind !== 'ruled') {
      throw new InternalError('a probe was asked for before the rules were applied');
    }
    return this.#state;
  }
}

async function closeWorld({ world, connections, capture }: OpenWorld): Promise<void> {
  connections.closeAll();
  if (capture !== null) {
    capture.close();
  }
  try {
    await world.takeDown();
  } finally {
    world.places.close();
  }
}
