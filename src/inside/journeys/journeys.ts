import { addJourneyTable, addProbingTable, deleteProbingTable } from '../../kernel/trace/journey-table.js';
import type { TraceReader } from '../../kernel/trace/reader.js';
import { SharedTrace } from '../../kernel/trace/shared.js';
import { CommandError, EnvironmentError } from '../../model/errors.js';
import type { ProgramJourney, TraceEvent } from '../../model/evidence.js';
import type { RunBackend } from '../../model/result.js';
import { type Attempt, AttemptList, type PacketEnd } from '../../trace/attempts/attempt-list.js';
import { judgeAttempt, listTold } from '../../trace/attempts/judge.js';
import { JourneyLog } from '../../trace/journey/log.js';
import type { TracedPacket } from '../../trace/journey/packet.js';
import { addForeignChains } from '../../trace/rules/foreign-chains.js';
import { RuleIndex } from '../../trace/rules/rule-index.js';
import { makeJourneyChains, type TracedChain, type TracedFault } from '../../trace/rules/traced-chains.js';
import { printEndpoint } from '../../words/addresses.js';

/**
 * The pause between two reads while messages come, and otherwise. By default an ordinary user's buffer holds 332 messages, and an attempt
 * makes four or more. A read that finds nothing takes 2 µs.
 */
const PAUSE_MS = 2;
const IDLE_PAUSE_MS = 5;

/** When the log has that many packets, the older half is forgotten. */
const MOST_PACKETS = 8000;

/** What the rest of the world tells of itself. */
export interface Surroundings {
  /** The fault to which a chain belongs, and the fault that has ended the connection of a client, and when. */
  findFault: (chain: string) => TracedFault | null;
  findEnd: (client: PacketEnd) => { plan: TracedFault; at: number } | null;
  /** nft's list of all rules. */
  listRules: () => string;
}

/** What becomes of the connections of programs in a world, from its start on. */
export class ProgramJourneys {
  readonly #surroundings: Surroundings;
  readonly #isTraced = addJourneyTable(true);
  readonly #trace = new SharedTrace();
  readonly #reader: TraceReader;
  readonly #rules: RuleIndex;
  readonly #log: JourneyLog;
  readonly #attempts = new AttemptList();
  /** The packets of attempts that the log has forgotten. */
  readonly #older = new WeakMap<Attempt, TracedPacket[]>();
  /** The rule set that loopfw has applied. */
  #planned: TracedChain[] = [];
  /** What a list of all rules has not explained: rules that are gone again. */
  readonly #unresolved = new Set<string>();
  #canList = true;
  #forgotten = 0;
  #attemptsBefore = 0;
  #timer: NodeJS.Timeout | null = null;
  /** The probes of loopfw that are under way. */
  #probes = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#reader = this.#trace.open('nft');
    this.#rules = new RuleIndex(makeJourneyChains(), surroundings.findFault);
    this.#log = new JourneyLog(this.#rules, (packet) => this.#attempts.take(packet));
    this.#wait(PAUSE_MS);
  }

  /** Opens another reader of the same trace. @throws the errors of SharedTrace.open() */
  openTrace(backend: RunBackend): TraceReader {
    return this.#trace.open(backend);
  }

  /** Other rules are there: those of a rule set that loopfw has applied, which may have removed loopfw's own table. */
  useRules(chains: TracedChain[]): void {
    this.#read();
    this.#planned = chains;
    this.#unresolved.clear();
    this.#rules.replace([...makeJourneyChains(), ...chains]);
    addJourneyTable(false);
  }

  /** Runs work with every packet of the world in the trace. */
  async traceAll<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#probes++ === 0) {
      addProbingTable();
    }
    try {
      return await work();
    } finally {
      if (--this.#probes === 0) {
        deleteProbingTable();
      }
    }
  }

  /** The next attempt from this end is one of loopfw's own, and is left out. */
  expectOwn(client: PacketEnd): void {
    this.#attempts.expectOwn(client);
  }

  /**
   * The journeys of the latest attempts from a number on.
   * @throws EnvironmentError where the kernel cannot trace packets
   */
  list(since: number): { journeys: ProgramJourney[]; next: number } {
    if (!this.#isTraced) {
      throw new EnvironmentError('the connections of programs cannot be traced: this kernel has no trace of nf_tables', [
        'modules may be missing: as root on the host, modprobe nf_tables',
      ]);
    }
    this.#read();
    return { journeys: this.#attempts.get(since).map((attempt) => this.#describe(attempt)), next: this.#attempts.next };
  }

  close(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    this.#trace.close();
  }

  #describe(attempt: Attempt): ProgramJourney {
    const { number, startedAt, notBefore, protocol, client, server, isComplete } = attempt;
    const end = protocol === 'tcp' ? this.#surroundings.findEnd(client) : null;
    const isItsEnd = end !== null && end.at >= notBefore && attempt.until === Infinity;
    const { cause, rule, journey } = judgeAttempt(attempt, this.#getPackets(attempt), isItsEnd ? end.plan : null);
    return {
      ...{ number, startedAt: startedAt.toISOString(), protocol },
      from: printEndpoint(client.address, client.port),
      to: printEndpoint(server.address, server.port),
      ...{ journey, cause, rule, fault: rule?.fault ?? null, isComplete },
    };
  }

  #getPackets(attempt: Attempt): TracedPacket[] {
    const older = this.#older.get(attempt) ?? [];
    return listTold(attempt, [...older, ...this.#log.getPackets(attempt.client, Math.max(attempt.first.number, this.#forgotten))]);
  }

  #wait(pauseMs: number): void {
    this.#timer = setTimeout(() => this.#wait(this.#read() > 0 ? PAUSE_MS : IDLE_PAUSE_MS), pauseMs);
    this.#timer.unref();
  }

  /** Returns the number of messages. */
  #read(): number {
    const at = performance.now();
    const { events, lost } = this.#reader.drain();
    if (events.some((event) => this.#isNews(event))) {
      this.#learnRules(events);
    }
    if (lost) {
      this.#log.forgetVisits();
    }
    this.#log.add(events);
    if (lost) {
      this.#attempts.noteLoss(this.#attemptsBefore, (attempt) =>
        this.#getPackets(attempt).every(({ end, headers: { tcp } }) => end === null && !tcp?.ack),
      );
    }
    this.#attemptsBefore = this.#attempts.next;
    this.#attempts.noteRead(at);
    if (this.#log.size - this.#forgotten > MOST_PACKETS) {
      this.#forget(this.#log.size - MOST_PACKETS / 2);
    }
    return events.length;
  }

  #isNews(event: TraceEvent): boolean {
    return this.#canList && this.#rules.isUnknown(event) && !this.#unresolved.has(getName(event));
  }

  /** Lists all rules: programs have changed some. */
  #learnRules(events: TraceEvent[]): void {
    try {
      this.#rules.replace([...makeJourneyChains(), ...addForeignChains(this.#planned, this.#surroundings.listRules())]);
    } catch (error) {
      if (!(error instanceof CommandError || error instanceof EnvironmentError)) {
        throw error;
      }
      this.#canList = false; // nft is not installed, for example
    }
    events.filter((event) => this.#rules.isUnknown(event)).forEach((event) => this.#unresolved.add(getName(event)));
  }

  #forget(before: number): void {
    for (const attempt of this.#attempts.get(0)) {
      if (attempt.first.number < before) {
        this.#older.set(
          attempt,
          this.#getPackets(attempt).filter(({ number }) => number < before),
        );
      }
    }
    this.#log.forget(before);
    this.#forgotten = before;
  }
}

function getName({ space, table, chain, rule }: TraceEvent): string {
  return `${space} ${table} ${chain} ${rule !== null && 'handle' in rule ? rule.handle : ''}`;
}
