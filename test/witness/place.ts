// A network namespace of the witness. It lives as long as its agent, which listens and asks in it.
import { readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa, type ResultPromise } from 'execa';

export interface Question {
  protocol: string;
  from: string;
  ownPort: number;
  to: string;
  port: number;
}

export interface Client {
  answer: Promise<string>;
  stop: () => void;
}

const AGENT = fileURLToPath(new URL('programs/agent.mjs', import.meta.url));
const HOST = readlinkSync('/proc/self/ns/net');

export class Place {
  readonly #agent: ResultPromise<{ reject: false; buffer: false; stdin: 'pipe'; stderr: 'inherit' }>;
  readonly #waiting = new Map<number, (said: string) => void>();
  #commands = 0;

  private constructor() {
    this.#agent = execa('unshare', ['--net', 'node', AGENT], { reject: false, buffer: false, stdin: 'pipe', stderr: 'inherit' });
    createInterface({ input: this.#agent.stdout }).on('line', (line) => {
      const { id, said } = JSON.parse(line) as { id: number; said: string };
      this.#waiting.get(id)?.(said);
      this.#waiting.delete(id);
    });
    void this.#agent.then(() => this.#waiting.forEach((answer) => answer('no answer: the agent has ended')));
  }

  static async make(): Promise<Place> {
    const place = new Place();
    const isOwn = () => {
      try {
        return readlinkSync(`/proc/${place.pid}/ns/net`) !== HOST;
      } catch {
        return false;
      }
    };
    for (let looks = 0; !isOwn(); looks++) {
      if (looks > 1000) {
        throw new Error('unshare made no network namespace');
      }
      await sleep(5);
    }
    return place;
  }

  get pid(): number {
    return this.#agent.pid ?? 0;
  }

  /** Runs a command in the namespace. @returns what it wrote */
  async run(command: string[], input = ''): Promise<string> {
    const { stdout } = await execa('nsenter', [`--net=/proc/${this.pid}/ns/net`, ...command], { input });
    return stdout;
  }

  /** Runs commands of ip(8), one a line. */
  async ip(lines: string[]): Promise<void> {
    if (lines.length > 0) {
      await this.run(['ip', '-batch', '-'], lines.map((line) => `${line}\n`).join(''));
    }
  }

  async set(settings: string[]): Promise<void> {
    if (settings.length > 0) {
      await this.run(['sysctl', '-q', '-w', ...settings]);
    }
  }

  /** The kernel drops what a new link sends until both of its ends are up. */
  async waitForLinks(): Promise<void> {
    const areUp = (links: string) => links.split('\n').every((link) => /<LOOPBACK| state UP /.test(link));
    for (let looks = 0; !areUp(await this.run(['ip', '-o', 'link'])); looks++) {
      if (looks > 100) {
        throw new Error('a link did not come up');
      }
      await sleep(20);
    }
  }

  /** Starts servers. */
  async serve(servers: { protocol: string; address: string; port: number }[]): Promise<void> {
    const said = servers.length === 0 ? 'ready' : await this.#command({ serve: servers });
    if (said !== 'ready') {
      throw new Error(`the servers did not start: ${said}`);
    }
  }

  /** Starts a client. It says connected or the name of its error, or timeout once it is stopped. */
  ask(question: Question): Client {
    const id = this.#commands;
    return { answer: this.#command({ ask: question }), stop: () => this.#write({ stop: id }) };
  }

  async close(): Promise<void> {
    this.#agent.kill('SIGKILL');
    await this.#agent;
  }

  #command(command: object): Promise<string> {
    const id = this.#commands++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#write({ id, ...command });
    });
  }

  #write(command: object): void {
    this.#agent.stdin.write(`${JSON.stringify(command)}\n`);
  }
}
