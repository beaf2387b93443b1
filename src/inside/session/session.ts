import { RuleIndex } from '../../trace/rules/rule-index.js';
import { addVeth } from '../../kernel/network/links.js';
import { enterNewNetworkNamespace } from '../../kernel/network/namespace.js';
import { flushConntrack } from '../../kernel/network/conntrack.js';
import { forgetLearnedRoutes } from '../../kernel/network/learned-routes.js';
import { forgetAddedNeighbours, forgetNeighbours } from '../../kernel/network/neighbours.js';
import { withRouteSocket } from '../../kernel/network/rtnetlink.js';
import type { UserSockets } from '../../kernel/network/user-sockets.js';
import type { CommandRunner } from '../../kernel/process/run-command.js';
import { openTrace } from '../../kernel/trace/open.js';
import { InternalError } from '../../model/errors.js';
import type { FlowReplies, Handlers, Replies, Request } from '../../model/message.js';
import { makeFaultHandlers } from '../faults/handlers.js';
import { Router } from '../routing/router.js';
import { addSource, chooseSources } from '../probe/sources.js';
import { makeIpsets } from '../world/ipsets.js';
import type { AppliedRuleSet } from '../rules/applied.js';
import { applyRuleSet } from '../rules/rule-set.js';
import { listNft } from '../world/nft.js';
import { openWorld } from '../world/open.js';
import { allowProgramSockets } from '../world/settings.js';
import type { Allowance } from './allowance.js';
import { askProbe } from './ask.js';
import { runControls } from './controls.js';
import { runFlow } from './flow.js';
import { Observer } from './observer.js';
import { ReplyPieces } from './pieces.js';
import type { ProbeContext } from './probe.js';
import { makeReadingHandlers } from './readings.js';
import { closeWorld, makeOpenWorld, type OpenWorld, type RuledState, type State } from './state.js';

type SendReplies = (replies: FlowReplies) => void;

/** What the machine provides for a world. */
export interface WorldResources {
  /** The network namespace that loopfw must never change. */
  callersNamespace: string;
  commands: CommandRunner;
  /** The resources that the worlds of one sandbox share. */
  allowance: Allowance;
  /** Makes the sockets of clients with a user of their own; null if there are none. */
  userSockets: UserSockets | null;
}

/**
 * Handles the requests of one world. Their order: open · control · apply · probe … · evidence · close. Each request type has one handler.
 */
export class WorldSession {
  readonly #means: WorldResources;
  #state: State = { kind: 'closed' };

  constructor(means: WorldResources) {
    this.#means = means;
  }

  /**
   * Handles a request. After a failure, all requests up to the close fail with the same error. So the caller need not wait for an answer
   * before it sends the next request. Requests about faults do all or nothing: the world goes on after their failure, and the world of a
   * program goes on after any.
   * @param send sends replies to probes, before the reply to the request
   */
  async handle(request: Request, send: SendReplies): Promise<Replies[Request['type']]> {
    const handler = this.#handlers[request.type] as (request: Request, send: SendReplies) => Promise<Replies[Request['type']]>;
    if (request.type === 'close') {
      return handler(request, send);
    }
    if (this.#state.kind === 'failed') {
      throw this.#state.error;
    }
    try {
      return await handler(request, send);
    } catch (error) {
      if (!isAllOrNothing(request)) {
        this.#note(error);
      }
      throw error;
    }
  }

  /** The world of a program goes on: what was asked for in vain does not end it. */
  #note(error: unknown): void {
    const before = this.#state;
    if (before.kind !== 'failed' && !('opened' in before && before.opened.isHosting)) {
      this.#state = { kind: 'failed', error: error instanceof Error ? error : new InternalError(String(error)), before };
    }
  }

  readonly #handlers: Handlers = {
    open: async ({ world: spec, servers, isDirect = false, isSandboxsOwn = false }) => {
      if (!isSandboxsOwn) {
        enterNewNetworkNamespace();
      }
      const { callersNamespace, commands } = this.#means;
      const world = await openWorld({ spec, servers, isDirect }, callersNamespace, commands);
      if (isSandboxsOwn) {
        allowProgramSockets();
      }
      const opened = makeOpenWorld(world, { spec, servers, isHosting: isSandboxsOwn, listRules: () => listNft(commands) });
      this.#state = { kind: 'open', opened };
      return world.additions;
    },
    control: async ({ probes }) => {
      const opened = this.#getOpened();
      const { ports, world, direct } = opened;
      const chosen = await chooseSources(probes, (work) => world.places.run(null, work));
      opened.probes = chosen.probes;
      opened.sources = chosen.sources;
      const controlled = opened.probes.filter(({ use }) => use === null);
      ports.reserve(controlled);
      const controls = await runControls(controlled, { ports, direct, places: world.places, allowance: this.#means.allowance });
      if (world.places.areMany && opened.mayLearnRoutes) {
        // A probe must not know the MTU of its path from a control: a rule that drops ICMP errors would then have no effect. With 900
        // machines this takes 0.4 s of 11 s.
        await world.places.runEverywhere(forgetLearnedRoutes);
      }
      return controls;
    },
    ipsets: ({ text }) => {
      this.#getOpened();
      makeIpsets(text, this.#means.commands);
      return Promise.resolve(null);
    },
    apply: async ({ ruleSet }) => {
      const opened = this.#getOpened();
      const before = this.#endTrace();
      // The trace is opened before the rules are applied, so that it misses no packet.
      const reader = opened.journeys?.openTrace(ruleSet.backend) ?? openTrace(ruleSet.backend);
      const since = performance.now();
      try {
        const apply = () => applyRuleSet(ruleSet, before, this.#means.commands);
        const applied = opened.faults === null ? apply() : opened.faults.keepThrough(apply);
        opened.journeys?.useRules(applied.chains);
        const { places } = opened.world;
        if (places.areMany) {
          // The controls have filled the neighbour tables. On a real machine the rules are there before the first neighbour discovery.
          await places.runEverywhere(forgetNeighbours);
        }
        if (ruleSet.kind !== 'iptables' && ruleSet.judgesArp) {
          await places.runEverywhere(forgetAddedNeighbours);
        }
        const router = applied.chains.some(({ isObserver }) => isObserver) ? new Router(opened.policy) : null;
        const observer = new Observer(
          reader,
          ruleSet.backend,
          new RuleIndex(applied.chains, (chain) => opened.faults?.find(chain) ?? null),
          since,
        );
        this.#state = { kind: 'ruled', opened, ruleSet: applied, observer, router };
      } catch (error) {
        reader.close();
        throw error;
      }
      return null;
    },
    flush: async () => {
      await this.#getOpened().world.places.runEverywhere(flushConntrack);
      return null;
    },
    probe: async ({ first, count, pace }, send) => {
      const { opened } = this.#getRuled();
      const { world } = opened;
      const context = this.#makeProbeContext();
      const pieces = new ReplyPieces(first, count, send);
      await runFlow({ probes: opened.probes.slice(first, first + count), pace }, context, (reply, place) =>
        pieces.take(addSource(reply, opened.sources.get(first + place)), place),
      );
      await world.assertServersRun();
      return null;
    },
    ask: ({ probe }) => {
      const { journeys } = this.#getOpened();
      const ask = () => askProbe(probe, this.#makeProbeContext());
      return journeys === null ? ask() : journeys.traceAll(ask);
    },
    evidence: async ({ isLast }) => {
      const { opened, ruleSet, observer } = this.#getRuled();
      if (isLast) {
        // Servers and open connections end first. Half-open connections would go on sending, and the counters would run ahead of the trace.
        opened.connections.closeAll();
        await opened.world.takeDown();
      }
      observer.markHits();
      const found = ruleSet.readBack();
      return { ruleSet: found, hits: observer.getHits(), unattributed: observer.unattributed, traceLost: observer.losses > 0 };
    },
    veth: () => {
      this.#getOpened();
      withRouteSocket((socket) => addVeth({ name: 'loopfw0' }, { name: 'loopfw1' }, socket));
      return Promise.resolve(null);
    },
    ...makeReadingHandlers(
      () => this.#getOpened(),
      () => this.#means.commands,
    ),
    ...makeFaultHandlers(
      () => this.#getOpened(),
      () => this.#means.commands,
    ),
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

  /** Stops the trace of the current rule set. Returns the kind of that rule set; null if there is none. */
  #endTrace(): AppliedRuleSet['kind'] | null {
    if (this.#state.kind !== 'ruled') {
      return null;
    }
    const { opened, ruleSet, observer } = this.#state;
    observer.close();
    this.#state = { kind: 'open', opened };
    return ruleSet.kind;
  }

  #makeProbeContext(): ProbeContext {
    const { opened, observer, router } = this.#getRuled();
    const { world, ports, direct, connections } = opened;
    const { allowance, userSockets } = this.#means;
    return { ports, direct, connections, observer, router, places: world.places, allowance, userSockets, faults: opened.faults };
  }

  #getOpened(): OpenWorld {
    if (this.#state.kind === 'open' || this.#state.kind === 'ruled') {
      return this.#state.opened;
    }
    throw new InternalError('no world is open');
  }

  #getRuled(): RuledState {
    if (this.#state.kind !== 'ruled') {
      throw new InternalError('a probe was asked for before the rules were applied');
    }
    return this.#state;
  }
}

function isAllOrNothing({ type }: Request): boolean {
  return type === 'faults' || type === 'heal' || type === 'fault-hits';
}
