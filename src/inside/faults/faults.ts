import { addRoute } from '../../kernel/network/routes.js';
import { isElsewhere, isLocal } from '../../kernel/network/addresses.js';
import { withRouteSocket } from '../../kernel/network/rtnetlink.js';
import { setMtu } from '../../kernel/network/links.js';
import { writeSysctls } from '../../kernel/network/sysctls.js';
import type { CommandRunner } from '../../kernel/process/run-command.js';
import { EnvironmentError, UsageError } from '../../model/errors.js';
import type { FaultHits, FaultPlan } from '../../model/program.js';
import { getFamily } from '../../words/addresses.js';
import { FaultClock } from './clock.js';
import { SynHold } from './hold.js';
import type { ListedSocket } from '../../kernel/netlink/connections.js';
import { assertCanEnd, endAll, findStanding, listElements } from './standing.js';
import { FaultTable } from './table.js';

/** The address from which a client connects to an address that only a fault has given to the world. */
const SOURCES = { ipv4: '127.0.0.1', ipv6: '::1' };
const PLAIN = { via: null, metric: null, table: null, onlink: false };
/** lo sends segments of 64 KB. With this size a server has sent little more than the number of bytes when it is noticed. */
const MTU = 1500;

/** An end of a connection. */
type Peer = ListedSocket['remote'];

/** The fault that has ended a connection, and when. */
interface EndedBy {
  plan: FaultPlan;
  at: number;
}

/** The faults of a world, which can be added and healed while its program runs. */
export class Faults {
  readonly #table: FaultTable;
  readonly #clock: FaultClock;
  readonly #plans = new Map<number, FaultPlan>();
  /** Connections that no counter of the kernel has, by the ids of the faults: those that a fault has ended or silenced when it began. */
  readonly #counted = new Map<number, number>();
  /** The faults that have ended connections, by the client's end. */
  readonly #ended = new Map<string, EndedBy>();
  #hold: SynHold | null = null;
  #canEnd = false;

  /** @throws EnvironmentError where nft is not installed */
  constructor(commands: CommandRunner) {
    this.#table = new FaultTable(commands);
    this.#clock = new FaultClock((ended, begun) => this.#change(ended, begun));
  }

  /**
   * Adds faults. When it returns, those without `after` are in force.
   * @throws EnvironmentError where this machine cannot make one of them · CommandError where nft refuses it
   */
  add(plans: FaultPlan[]): void {
    for (const plan of plans) {
      this.#prepare(plan);
      this.#plans.set(plan.id, plan);
    }
    this.#clock.add(plans);
  }

  /** The program starts: from here on the times of the faults count. */
  begin(): void {
    this.#clock.begin();
  }

  /** The fault to which a chain of the table belongs; null for the chain of the hook. */
  find(chain: string): FaultPlan | null {
    const [, id] = /^f(\d+)(?:_|$)/.exec(chain) ?? [];
    return id === undefined ? null : (this.#plans.get(Number(id)) ?? null);
  }

  /** The fault that has ended the connection of a client; null if none has. It is known until a later fault ends another one of these ends. */
  findEnd(client: Peer): EndedBy | null {
    return this.#ended.get(getKey(client)) ?? null;
  }

  /** Whether a fault will begin or end by itself. */
  get isChanging(): boolean {
    return this.#clock.hasEvents;
  }

  /** Ends faults, or all. When it returns, they are not in force any more. */
  heal(ids: number[] | null): void {
    this.#clock.end((ids ?? [...this.#plans.keys()]).flatMap((id) => this.#plans.get(id) ?? []));
  }

  /** What the faults have hit so far, also those that have ended. */
  readHits(): FaultHits[] {
    const counters = this.#table.readCounters();
    return [...this.#plans.values()].map(({ id, counter }) => ({
      id,
      connections: (counters.get(counter) ?? 0) + (this.#counted.get(id) ?? 0),
    }));
  }

  async close(): Promise<void> {
    this.#clock.stop();
    await this.#hold?.close();
  }

  #prepare(plan: FaultPlan): void {
    const { addresses, isHeld, countsBytes, standing, afterMs } = plan;
    addresses.forEach(makeLocal);
    if (isHeld) {
      this.#hold ??= new SynHold();
    }
    if (countsBytes) {
      writeSysctls({ 'net.netfilter.nf_conntrack_acct': '1' });
      setMtu('lo', MTU);
      this.#table.track();
    }
    // Before the program starts there is nothing to end.
    const ends = standing !== null && standing.action !== 'silence' && (afterMs > 0 || this.#clock.hasBegun);
    if (ends && !this.#canEnd) {
      assertCanEnd();
      this.#canEnd = true;
    }
  }

  /** Runs `work`, which may remove all rules of nf_tables from the kernel. Faults and counts are the same afterwards. */
  keepThrough<Value>(work: () => Value): Value {
    const earlier = this.readHits();
    const done = work();
    earlier.forEach(({ id, connections }) => this.#counted.set(id, connections));
    this.#table.renew();
    this.#hold?.renew();
    return done;
  }

  /** Ends and begins faults. Rules come first: what the clients of ended connections do next meets them. */
  #change(ended: FaultPlan[], begun: FaultPlan[]): void {
    const found = begun.map((plan) => ({ plan, sockets: plan.standing === null ? [] : findStanding(plan) }));
    this.#table.change(
      ended,
      begun,
      found.flatMap(({ plan, sockets }) => listElements(plan, sockets)),
    );
    for (const { plan, sockets } of found) {
      if (plan.standing !== null && plan.standing.action !== 'silence') {
        endAll(sockets);
        sockets.forEach(({ remote }) => this.#ended.set(getKey(remote), { plan, at: performance.now() }));
      }
      this.#counted.set(plan.id, (this.#counted.get(plan.id) ?? 0) + sockets.length);
    }
    // Their rules were needed only for the moment in which the connections ended.
    const over = begun.filter(({ standing }) => standing?.action === 'end-silently');
    if (over.length > 0) {
      this.#table.change(over, []);
    }
  }
}

function getKey({ address, port }: Peer): string {
  return `${address} ${port}`;
}

/**
 * Makes the world deliver packets for an address to itself. Servers may bind it.
 * @throws UsageError where the address belongs to a machine outside of the world
 */
function makeLocal(address: string): void {
  const family = getFamily(address);
  withRouteSocket((socket) => {
    if (isElsewhere(address, socket)) {
      throw new UsageError(
        `no fault can have the target ${address}: it is the address of another machine, and faults are about the world's own`,
      );
    }
    if (!isLocal(address, socket)) {
      addRoute({ family, prefix: address, type: 'local', device: 'lo', source: SOURCES[family], ...PLAIN }, socket);
    }
  });
  if (family === 'ipv6') {
    allowBind();
  }
}

/** A route is not enough for bind(2) over IPv6. Where /proc/sys is read-only, a server needs IPV6_FREEBIND. */
function allowBind(): void {
  try {
    writeSysctls({ 'net.ipv6.ip_nonlocal_bind': '1' });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) {
      throw error;
    }
  }
}
