import { InternalError } from '../errors.js';
import { addVeth } from '../kernel/add-veth.js';
import { forgetNeighbours } from '../kernel/forget-neighbours.js';
import { openTrace } from '../kernel/open-trace.js';
import { RouteSocket } from '../kernel/route-socket.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { Replies, Request } from '../model/message.js';
import { applyFirewall } from '../world/apply-firewall.js';
import { saveFirewall } from '../world/save-firewall.js';
import type { Firewall } from '../model/plan.js';
import type { Program, ProgramEnd } from '../model/program.js';
import { openWorld, type World } from '../world/open-world.js';
import { Observer } from './observer.js';
import { PortAllocator } from './port-allocator.js';
import { readSettledCounters } from './read-settled-counters.js';
import { runControls } from './run-controls.js';
import { runBatch } from './run-batch.js';

type Handlers = { [Type in Request['type']]: (request: Extract<Request, { type: Type }>) => Promise<Replies[Type]> };

/** The order inside one world: open · control · apply · probe … · evidence · close. Each handler is one message's work. */
export class WorldSession {
  readonly #callersNamespace: string;
  readonly #commands: CommandRunner;
  readonly #startProgram: (program: Program) => Promise<ProgramEnd>;
  #world: World | null = null;
  #ports = new PortAllocator([]);
  #firewalls: Firewall[] = [];
  #observer: Observer | null = null;

  /** @param startProgram runs a program in the calling thread's network namespace, with the caller's privileges */
  constructor(callersNamespace: string, commands: CommandRunner, startProgram: (program: Program) => Promise<ProgramEnd>) {
    this.#callersNamespace = callersNamespace;
    this.#startProgram = startProgram;
    this.#commands = commands;
  }

  handle(request: Request): Promise<Replies[Request['type']]> {
    const handler = this.#handlers[request.type] as (request: Request) => Promise<Replies[Request['type']]>;
    return handler(request);
  }

  readonly #handlers: Handlers = {
    open: async ({ world, servers }) => {
      this.#ports = new PortAllocator(servers);
      this.#world = await openWorld(world, servers, this.#callersNamespace);
      return null;
    },
    control: ({ probes }) => runControls(probes, this.#ports, this.#getWorld().places),
    apply: async ({ firewalls }) => {
      this.#observer?.close();
      // From before the rules are there: of what is then traced none is missed.
      const reader = openTrace(firewalls[0]?.backend ?? 'nft');
      const handles = await Promise.all(firewalls.map((firewall) => applyFirewall(firewall, this.#commands)));
      const places = this.#world?.places;
      if (places?.areMany) {
        // The controls have made them known. In real life the rules have been there before.
        await places.runEverywhere(forgetNeighbours);
      }
      this.#firewalls = firewalls;
      this.#observer = new Observer(reader, firewalls, handles.flat());
      return null;
    },
    probe: ({ probes }) => runBatch(probes, this.#ports, this.#getObserver(), this.#getWorld().places),
    exec: ({ program }) => this.#startProgram(program),
    evidence: async ({ isLast }) => {
      if (isLast) {
        // Servers go first: their half-open connections would go on sending, and the counters run ahead of the trace.
        await this.#world?.takeDown();
      }
      const observer = this.#getObserver();
      observer.markHits();
      const saved = await Promise.all(this.#firewalls.map((firewall) => saveFirewall(firewall, this.#commands)));
      return { saved, hits: observer.getHits(), unattributed: observer.unattributed, traceLost: observer.hasLost };
    },
    counters: () => readSettledCounters(),
    veth: () => {
      this.#getWorld();
      const socket = new RouteSocket();
      try {
        addVeth('loopfw0', { name: 'loopfw1' }, socket);
      } finally {
        socket.close();
      }
      return Promise.resolve(null);
    },
    close: async () => {
      const world = this.#world;
      this.#world = null;
      this.#observer?.close();
      this.#observer = null;
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
