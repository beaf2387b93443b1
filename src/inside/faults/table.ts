import type { CommandRunner } from '../../kernel/process/run-command.js';
import type { FaultPlan } from '../../model/program.js';
import { FAULT_PRIORITY, FAULT_TABLE } from '../../words/nft-chain.js';

const INPUT = `${FAULT_TABLE} input`;
/** A rule that reads the state of connection tracking turns it on. It must know a connection from its beginning to count its bytes. */
const TRACKING = `${FAULT_TABLE} tracking`;

/** Without real root, the kernel takes no transaction of more than some 200 KB: about 300 lines. */
const MOST_LINES = 100;

/** It changes nothing where it is there already. */
const BASE = [`add table ${FAULT_TABLE}`, `add chain ${INPUT} { type filter hook input priority ${FAULT_PRIORITY}; policy accept; }`];

interface ListedCounter {
  counter?: { name: string; packets: number };
}

/**
 * loopfw's table of faults in the kernel. Its base chain stays: the kernel drops all packets that wait in a queue when a chain leaves a hook.
 * Every change is one transaction, and in force when the call returns.
 */
export class FaultTable {
  readonly #commands: CommandRunner;
  #inForce: FaultPlan[] = [];
  #isTracked = false;
  /** Whether the table is in the kernel: the first change makes it. */
  #isMade = false;

  constructor(commands: CommandRunner) {
    this.#commands = commands;
  }

  /**
   * Ends those of the faults that are in force, and begins others, all at one moment. The first for a packet decides.
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
    const dispatch = [`flush chain ${INPUT}`, ...next.map(({ chain }) => `add rule ${INPUT} jump ${chain}`)];
    if (put.length + remove.length + dispatch.length <= MOST_LINES) {
      this.#feed([...put, ...dispatch, ...remove]);
    } else {
      // No packet comes to an object before the chain of the hook names it, or afterwards.
      this.#feedPieces(put);
      this.#feed(dispatch);
      this.#feedPieces(remove);
    }
    this.#inForce = next;
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

  #feedPieces(lines: string[]): void {
    for (let start = 0; start < lines.length; start += MOST_LINES) {
      this.#feed(lines.slice(start, start + MOST_LINES));
    }
  }

  #feed(lines: string[]): void {
    this.#isMade = true;
    this.#commands.feed('nft', ['-f', '-'], `${[...BASE, ...lines].join('\n')}\n`);
  }
}
