import { type HeldFile, listHeldFiles } from '../../input/held-rules.js';
import { SpecError } from '../../model/errors.js';
import type { Sandbox } from '../../sandbox/launch.js';
import { readLegacyTables } from '../../sandbox/program/legacy-tables.js';

const TAKEN_OVER = 'the rules were changed by hand: loopfw has read them, and put them into force again. Their counters begin with 0';

/** The sandbox of a world in which programs run. */
export type HostingSandbox = Pick<Sandbox, 'session' | 'namespaces'>;

/**
 * Rules that a program of the world changes itself, as a student by iptables or nft. The kernel is asked before each use of the rules: what
 * differs from what it held after the last change of loopfw's own is taken over.
 */
export class RulesByHand {
  readonly #sandbox: HostingSandbox;
  readonly #adopt: (files: HeldFile[]) => Promise<void>;
  /** What the kernel held when it was known. */
  #known = toKey([]);
  #notice: string | null = null;
  /** Why the rules in the kernel are not known; null if they are. */
  #problem: string | null = null;

  /** @param adopt puts files that the kernel has printed into force as the rules of the world */
  constructor(sandbox: HostingSandbox, adopt: (files: HeldFile[]) => Promise<void>) {
    this.#sandbox = sandbox;
    this.#adopt = adopt;
  }

  /** Notes what the kernel holds now: nothing of it is changed by hand. */
  async note(): Promise<void> {
    this.#known = toKey(await this.#read());
  }

  /** Takes over what was changed since. What cannot be read stays in the kernel, and is said. */
  async takeOver(): Promise<void> {
    const files = await this.#read();
    const key = toKey(files);
    if (key === this.#known) {
      return;
    }
    this.#known = key; // what cannot be read is tried again only when it has changed
    this.#problem = null;
    try {
      await this.#adopt(files);
      this.#notice = TAKEN_OVER;
    } catch (error) {
      this.#problem = `the rules were changed by hand, and loopfw cannot read them: ${describe(error)}`;
    }
  }

  /** Whether the kernel holds rules that loopfw cannot read. */
  get isUnknown(): boolean {
    return this.#problem !== null;
  }

  /** All rules have been replaced. */
  forget(): void {
    this.#problem = null;
    this.#notice = null;
  }

  /** What is to be said, once; a problem as long as it lasts. */
  takeNotice(): string | null {
    const notice = this.#problem ?? this.#notice;
    this.#notice = null;
    return notice;
  }

  async #read(): Promise<HeldFile[]> {
    const { session, namespaces } = this.#sandbox;
    return listHeldFiles(await session.request({ type: 'held-rules', legacyTables: readLegacyTables(namespaces) }));
  }
}

function toKey(files: HeldFile[]): string {
  return JSON.stringify(files);
}

function describe(error: unknown): string {
  if (error instanceof SpecError) {
    return error.diagnostics.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
