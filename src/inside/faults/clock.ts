import type { FaultPlan } from '../../model/program.js';

type Change = (ended: FaultPlan[], begun: FaultPlan[]) => void;

/** Something that a fault does at a moment, in ms of performance.now(). */
interface Event {
  plan: FaultPlan;
  at: number;
  does: 'begin' | 'end';
}

/** Begins and ends faults at their times. What falls on one moment is one change. */
export class FaultClock {
  readonly #change: Change;
  readonly #inForce = new Set<FaultPlan>();
  /** Faults that were added before the program's start. */
  #early: FaultPlan[] = [];
  #events: Event[] = [];
  #timer: NodeJS.Timeout | null = null;
  #hasBegun = false;

  /** @param change puts faults into force, and ends others */
  constructor(change: Change) {
    this.#change = change;
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Whether a fault is still to begin or to end. */
  get hasEvents(): boolean {
    return this.#events.length + this.#early.filter(({ afterMs, forMs }) => afterMs > 0 || forMs !== null).length > 0;
  }

  /** Adds faults. Those without `after` are in force when it returns. If it throws, nothing has changed. */
  add(plans: FaultPlan[]): void {
    const now = plans.filter(({ afterMs }) => afterMs === 0);
    this.#apply([], now);
    if (this.#hasBegun) {
      this.#schedule(plans);
    } else {
      this.#early.push(...plans);
    }
  }

  /** The program starts. */
  begin(): void {
    this.#hasBegun = true;
    this.#schedule(this.#early);
    this.#early = [];
  }

  /** Ends faults, whether they are in force or not. */
  end(plans: FaultPlan[]): void {
    this.#apply(plans, []); // If it throws, all stay in force, and still end at their times.
    this.#events = this.#events.filter(({ plan }) => !plans.includes(plan));
    this.#early = this.#early.filter((plan) => !plans.includes(plan));
  }

  stop(): void {
    this.#events = [];
    this.#wait();
  }

  #schedule(plans: FaultPlan[]): void {
    const start = performance.now();
    for (const plan of plans) {
      const begins = start + plan.afterMs;
      const begin: Event[] = plan.afterMs === 0 ? [] : [{ plan, at: begins, does: 'begin' }];
      const end: Event[] = plan.forMs === null ? [] : [{ plan, at: begins + plan.forMs, does: 'end' }];
      this.#events.push(...begin, ...end);
    }
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer ?? undefined);
    const next = Math.min(...this.#events.map(({ at }) => at));
    this.#timer = next === Infinity ? null : setTimeout(() => this.#tick(), Math.ceil(next - performance.now()));
  }

  #tick(): void {
    const now = performance.now();
    const due = this.#events.filter(({ at }) => at <= now);
    this.#events = this.#events.filter((event) => !due.includes(event));
    const find = (does: Event['does']) => due.filter((event) => event.does === does).map(({ plan }) => plan);
    const ended = find('end');
    // Where this process had no processor for a long time, a fault may be over before it began.
    const begun = find('begin').filter((plan) => !ended.includes(plan));
    this.#apply(ended, begun);
    this.#wait();
  }

  #apply(ended: FaultPlan[], begun: FaultPlan[]): void {
    const over = ended.filter((plan) => this.#inForce.has(plan));
    if (over.length + begun.length > 0) {
      this.#change(over, begun);
    }
    over.forEach((plan) => this.#inForce.delete(plan));
    begun.forEach((plan) => this.#inForce.add(plan));
  }
}
