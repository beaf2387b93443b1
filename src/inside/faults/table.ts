import type { CommandRunner } from '../../kernel/process/run-command.js';
import type { FaultPlan } from '../../model/program.js';
import { FAULT_PRIORITY, FAULT_TABLE, FAULT_TABLE_NAME, HOLD_TABLE } from '../../words/nft-chain.js';

/**
 * In the world, packets to a target on lo and packets from it both pass INPUT. At a machine outside, those from it pass its OUTPUT. There
 * only its server could see an error of the sender, and only of UDP.
 */
export const HOOKS = { world: ['input'], machine: ['input', 'output'] };
/** A rule that reads the state of connection tracking turns it on. It must know a connection from its beginning to count its bytes. */
const TRACKING = `${FAULT_TABLE} tracking`;

/** Without real root, the kernel takes no transaction of more than some 200 KB: about 300 lines. */
const MOST_LINES = 100;

/** An object that a command of nft adds or removes. */
const OBJECT = /^(?:add|flush|delete) ((?:chain|set|counter) \S+ \S+ \S+)/;

interface ListedCounter {
  counter?: { name: string; packets: number };
}

interface ListedTable {
  table?: { name: string };
}

/** Which of loopfw's tables are in the calling thread's network namespace. */
export function listTables(commands: CommandRunner): { hasFaults: boolean; hasHold: boolean } {
  const { nftables } = JSON.parse(commands.read('nft', ['-j', 'list', 'tables', 'inet'])) as { nftables: ListedTable[] };
  const names = nftables.map(({ table }) => table?.name);
  return { hasFaults: names.includes(FAULT_TABLE_NAME), hasHold: names.includes(HOLD_TABLE) };
}

/**
 * loopfw's table of faults in the kernel. Its base chain stays: the kernel drops all packets that wait in a queue when a chain leaves a hook.
 * Every change is one transaction, and in force when the call returns.
 */
export class FaultTable {
  readonly #commands: CommandRunner;
  readonly #chains: string[];
  /** It changes nothing where it is there already. */
  readonly #base: string[];
  #inForce: FaultPlan[] = [];
  #isTracked = false;
  /** Whether the table is in the kernel: the first change makes it. */
  #isMade = false;

  constructor(commands: CommandRunner, hooks: string[]) {
    this.#commands = commands;
    this.#chains = hooks.map((hook) => `${FAULT_TABLE} ${hook}`);
    this.#base = [
      `add table ${FAULT_TABLE}`,
      ...hooks.map((hook) => `add chain ${FAULT_TABLE} ${hook} { type filter hook ${hook} priority ${FAULT_PRIORITY}; policy accept; }`),
    ];
  }

  get isMade(): boolean {
    return this.#isMade;
  }

  /**
   * Ends those of the faults that are in force, and begins others, all at one moment. The first for a packet decides. If it throws, nothing
   * has changed.
   * @param elements the connections that the sets of the new faults begin with, as commands of nft
   * @throws the errors of CommandRunner.feed()
   */
  change(ended: FaultPlan[], begun: FaultPlan[], elements: string[] = []): void {
    const [over, kept] = [true, false].map((isOver) => this.#inForce.filter((plan) => ended.includes(plan) === isOver)) as [
      FaultPlan[],
      FaultPlan[],
    ];
    const next = [...kept, ...begun].sort((one, other) => one.id - other.id);
    const put = [...begun.flatMap((plan) => plan.put), ...elements];
    const remove = over.flatMap((plan) => plan.remove);
    const dispatch = this.#chains.flatMap((hook) => [`flush chain ${hook}`, ...next.map(({ chain }) => `add rule ${hook} jump ${chain}`)]);
    if (put.length + remove.length + dispatch.length <= MOST_LINES) {
      this.#feed([...put, ...dispatch, ...remove]);
      this.#inForce = next;
    } else {
      // No packet comes to an object before the chain of the hook names it, or afterwards.
      this.#putAll(put, begun, dispatch);
      this.#inForce = next;
      this.#feedPieces(remove);
    }
  }

  /** Puts objects into the kernel, and then the chain that names them. Where one is refused, those before it are removed. */
  #putAll(put: string[], begun: FaultPlan[], dispatch: string[]): void {
    const done: string[] = [];
    try {
      this.#feedPieces(put, (lines) => done.push(...lines));
      this.#feed(dispatch);
    } catch (error) {
      const objects = new Set(done.map((line) => OBJECT.exec(line)?.[1]));
      const remove = begun.flatMap((plan) => plan.remove).filter((line) => objects.has(OBJECT.exec(line)?.[1]));
      const counters = done.flatMap((line) => (line.startsWith('add counter ') ? [line.replace('add', 'delete')] : []));
      this.#feedPieces([...remove, ...counters]);
      throw error;
    }
  }

  /** Turns connection tracking on. */
  track(): void {
    this.#isTracked = true;
    this.#feed([`add chain ${TRACKING}`, `flush chain ${TRACKING}`, `add rule ${TRACKING} ct state new`]);
  }

  /** Puts everything into the kernel again: `nft flush ruleset` has removed it. Counts begin again. */
  renew(): void {
    const plans = this.#inForce;
    this.#inForce = [];
    if (this.#isTracked) {
      this.track();
    }
    this.change([], plans);
  }

  /** The numbers of connections that the counters of the faults have, by their names. */
  readCounters(): Map<string, number> {
    if (!this.#isMade) {
      return new Map();
    }
    const text = this.#commands.read('nft', ['-j', 'list', 'counters', 'table', ...FAULT_TABLE.split(' ')]);
    const { nftables } = JSON.parse(text) as { nftables: ListedCounter[] };
    return new Map(nftables.flatMap(({ counter }) => (counter === undefined ? [] : [[counter.name, counter.packets]])));
  }

  #feedPieces(lines: string[], onFed: (lines: string[]) => void = () => {}): void {
    for (let start = 0; start < lines.length; start += MOST_LINES) {
      const piece = lines.slice(start, start + MOST_LINES);
      this.#feed(piece);
      onFed(piece);
    }
  }

  #feed(lines: string[]): void {
    this.#commands.feed('nft', ['-f', '-'], `${[...this.#base, ...lines].join('\n')}\n`);
    this.#isMade = true;
  }
}
