import { setMtu } from '../../kernel/network/links.js';
import { writeSysctls } from '../../kernel/network/sysctls.js';
import { findCommand } from '../../kernel/process/find-command.js';
import type { CommandRunner } from '../../kernel/process/run-command.js';
import { UsageError } from '../../model/errors.js';
import type { FaultHits, FaultPlan } from '../../model/program.js';
import { placeAddress, takeAddress } from './addresses.js';
import { FaultClock } from './clock.js';
import { SynHold } from './hold.js';
import {
  assertServed,
  endAll,
  endsConnections,
  type KernelSkills,
  listElements,
  listKernels,
  listServers,
  selectStanding,
  type StandingConnection,
  tryKernel,
} from './standing.js';
import type { FaultSurroundings, Machine } from './surroundings.js';
import { FaultTable, HOOKS, listTables } from './table.js';

/** lo sends segments of 64 KB. With this size a server has sent little more than the number of bytes when it is noticed. */
const MTU = 1500;

/** An end of a connection. */
type Peer = StandingConnection['remote'];

/** The fault that has ended a connection, and when. */
interface EndedBy {
  plan: FaultPlan;
  at: number;
}

/** The faults of a world, which can be added and healed while its program runs. */
export class Faults {
  readonly #commands: CommandRunner;
  readonly #surroundings: FaultSurroundings;
  /** The tables of the world and of the machines outside, where faults are or were. */
  readonly #tables = new Map<Machine, FaultTable>();
  readonly #clock: FaultClock;
  readonly #plans = new Map<number, FaultPlan>();
  /** Where the packets of a fault's target arrive. */
  readonly #places = new Map<FaultPlan, Machine[]>();
  /** Connections that no counter of the kernel has, by the ids of the faults: those that a fault has ended or silenced when it began. */
  readonly #counted = new Map<number, number>();
  /** The faults that have ended connections, by the client's end. */
  readonly #ended = new Map<string, EndedBy>();
  #hold: SynHold | null = null;
  /** null as long as no fault is about existing connections. */
  #kernel: KernelSkills | null = null;

  /** @throws EnvironmentError where nft is not installed */
  constructor(commands: CommandRunner, surroundings: FaultSurroundings) {
    findCommand('nft');
    this.#commands = commands;
    this.#surroundings = surroundings;
    this.#clock = new FaultClock((ended, begun) => this.#change(ended, begun));
  }

  /**
   * Adds faults. When it returns, those without `after` are in force. If it throws, the faults are those of before.
   * @throws EnvironmentError where this machine cannot make one of them · CommandError where nft refuses it ·
   * UsageError where the world cannot have its target
   */
  add(plans: FaultPlan[]): void {
    const given: string[] = [];
    try {
      for (const plan of plans) {
        this.#places.set(plan, this.#locate(plan, given));
        this.#prepare(plan);
      }
      this.#clock.add(plans);
    } catch (error) {
      for (const plan of plans) {
        this.#places.delete(plan);
        this.#counted.delete(plan.id);
      }
      given.forEach((address) => takeAddress(address, this.#surroundings));
      throw error;
    }
    plans.forEach((plan) => this.#plans.set(plan.id, plan));
    if (plans.some((plan) => plan.countsBytes && this.#placesOf(plan).includes(null))) {
      this.#at(null, () => setMtu('lo', MTU));
    }
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

  /** Ends faults, or all. When it returns, they are not in force any more. If it throws, all are. */
  heal(ids: number[] | null): void {
    this.#clock.end((ids ?? [...this.#plans.keys()]).flatMap((id) => this.#plans.get(id) ?? []));
  }

  /** What the faults have hit so far, also those that have ended. */
  readHits(): FaultHits[] {
    const counters = [...this.#tables].map(([machine, table]) => this.#at(machine, () => table.readCounters()));
    return [...this.#plans.values()].map(({ id, counter }) => ({
      id,
      connections: counters.reduce((sum, each) => sum + (each.get(counter) ?? 0), this.#counted.get(id) ?? 0),
    }));
  }

  async close(): Promise<void> {
    this.#clock.stop();
    await this.#hold?.close();
  }

  /** Runs `work`, which may remove all rules of nf_tables from the world's kernel. Faults and counts are the same afterwards. */
  keepThrough<Value>(work: () => Value): Value {
    const table = this.#tables.get(null);
    const earlier = table?.readCounters();
    try {
      return work();
    } finally {
      const { hasFaults, hasHold } = listTables(this.#commands);
      if (table?.isMade && !hasFaults) {
        this.#plans.forEach(({ id, counter }) => this.#count(id, earlier?.get(counter) ?? 0));
        table.renew();
      }
      if (!hasHold) {
        this.#hold?.renew();
      }
    }
  }

  /** @param given gets the addresses that the world has only for this fault */
  #locate({ addresses, target, selection: { first }, text }: FaultPlan, given: string[]): Machine[] {
    const found = new Set<Machine>();
    for (const address of addresses) {
      const { machine, isNew } = placeAddress(address, this.#surroundings);
      found.add(machine);
      given.push(...(isNew ? [address] : []));
    }
    if (target.hosts.some(({ address }) => address === null)) {
      this.#surroundings.servedMachines.forEach((address) => found.add(this.#surroundings.places.findMachine(address)));
      if (first !== null && found.size > 0) {
        throw new UsageError(
          `fault ${text}: "first" needs one address where servers are behind interfaces: each of these counts its own connections`,
        );
      }
      found.add(null);
    }
    return found.size === 0 ? [null] : [...found];
  }

  #prepare(plan: FaultPlan): void {
    const { isHeld, countsBytes, standing, afterMs } = plan;
    // Before the program starts there is no connection.
    const isNeeded = standing !== null && standing.action !== 'choose' && (afterMs > 0 || this.#clock.hasBegun);
    if (isNeeded && !this.#canKernel(standing)) {
      assertServed(plan, this.#surroundings.listOwnServers());
    }
    if (isHeld) {
      this.#hold ??= this.#at(null, () => new SynHold());
    }
    if (countsBytes) {
      for (const machine of this.#placesOf(plan)) {
        this.#at(machine, () => {
          writeSysctls({ 'net.netfilter.nf_conntrack_acct': '1' });
          this.#getTable(machine).track();
        });
      }
    }
  }

  #canKernel({ action }: NonNullable<FaultPlan['standing']>): boolean {
    this.#kernel ??= this.#at(null, tryKernel);
    return this.#kernel[endsConnections(action) ? 'end' : 'silence'];
  }

  /** Ends and begins faults. Rules come first: what the clients of ended connections do next meets them. */
  #change(ended: FaultPlan[], begun: FaultPlan[]): void {
    const machines = new Set([...ended, ...begun].flatMap((plan) => this.#placesOf(plan)));
    const done: (() => void)[] = [];
    try {
      for (const machine of machines) {
        const isHere = (plan: FaultPlan) => this.#placesOf(plan).includes(machine);
        this.#at(machine, () => this.#changeHere(machine, ended.filter(isHere), begun.filter(isHere), done));
      }
    } catch (error) {
      done.reverse().forEach((undo) => undo());
      throw error;
    }
  }

  #changeHere(machine: Machine, ended: FaultPlan[], begun: FaultPlan[], done: (() => void)[]): void {
    const table = this.#getTable(machine);
    const found = begun.map((plan) => ({ plan, connections: this.#findStanding(plan) }));
    table.change(
      ended,
      begun,
      found.flatMap(({ plan, connections }) => listElements(plan, connections)),
    );
    done.push(() => this.#at(machine, () => table.change(begun, ended)));
    for (const { plan, connections } of found) {
      if (plan.standing !== null && endsConnections(plan.standing.action)) {
        endAll(connections);
        connections.forEach(({ remote }) => this.#ended.set(getKey(remote), { plan, at: performance.now() }));
      }
      if (plan.standing?.action !== 'choose') {
        this.#count(plan.id, connections.length);
      }
    }
    // Their rules were needed only for the moment in which the connections ended.
    const over = begun.filter(({ standing }) => standing?.action === 'end-silently');
    if (over.length > 0) {
      table.change(over, []);
    }
  }

  #findStanding(plan: FaultPlan): StandingConnection[] {
    if (plan.standing === null || !this.#clock.hasBegun) {
      return [];
    }
    return selectStanding(plan, this.#canKernel(plan.standing) ? listKernels() : listServers(this.#surroundings.listOwnServers()));
  }

  #count(id: number, connections: number): void {
    this.#counted.set(id, (this.#counted.get(id) ?? 0) + connections);
  }

  #placesOf(plan: FaultPlan): Machine[] {
    return this.#places.get(plan) ?? [];
  }

  #getTable(machine: Machine): FaultTable {
    const table = this.#tables.get(machine) ?? new FaultTable(this.#commands, machine === null ? HOOKS.world : HOOKS.machine);
    this.#tables.set(machine, table);
    return table;
  }

  #at<Result>(machine: Machine, work: () => Result): Result {
    return this.#surroundings.places.runNow(machine, work);
  }
}

function getKey({ address, port }: Peer): string {
  return `${address} ${port}`;
}
