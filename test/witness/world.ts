// A world made by plain ip(8) in network namespaces of its own, without any code of loopfw.
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa, type ResultPromise } from 'execa';

/** The parts of a scenario file that the witness reads. */
export interface WitnessScenario {
  interfaces: Record<string, { addresses: string[] }>;
  routes?: string[];
  sysctl: Record<string, number>;
  servers: Record<string, Party & { protocol: 'tcp' | 'udp'; port: number }>;
  clients: Record<string, string | Party>;
  probes: { from: string; to: string }[];
}

export interface Party {
  address: string;
  via?: string;
}

/** A place: the world itself (null), or the other end of an interface. */
type Place = string | null;

const HOST = readlinkSync('/proc/self/ns/net');
const program = (name: string) => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

/** The namespaces of a scenario. Each lives as long as a sleeping process in it. */
export class WitnessWorld {
  readonly #keepers = new Map<Place, ResultPromise>();
  readonly #servers: ResultPromise<{ reject: false }>[] = [];

  /** Makes namespaces, veths, addresses, routes and settings, and starts the servers. */
  static async make(scenario: WitnessScenario): Promise<WitnessWorld> {
    const world = new WitnessWorld();
    try {
      await world.#build(scenario);
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  async #build(scenario: WitnessScenario): Promise<void> {
    const { interfaces, routes = [], sysctl, servers } = scenario;
    await this.#addNamespace(null);
    await this.run(null, ['sysctl', '-q', '-w', ...Object.entries(sysctl).map(([name, value]) => `${name}=${value}`)]);
    const parties = [...listParties(scenario)];
    for (const [name, { addresses }] of Object.entries(interfaces)) {
      await this.#addInterface(
        name,
        addresses,
        parties.filter(({ via }) => via === name).map(({ address }) => address),
      );
    }
    for (const route of routes) {
      await this.run(null, ['ip', 'route', 'add', ...route.split(' ')]);
    }
    for (const place of this.places) {
      await this.#serve(
        place,
        Object.values(servers).filter(({ via = null }) => via === place),
      );
    }
  }

  /** Runs a command in a place. @returns what it wrote */
  async run(place: Place, command: string[], input = ''): Promise<string> {
    const { stdout } = await execa('nsenter', [`--net=/proc/${this.#keepers.get(place)?.pid}/ns/net`, ...command], { input });
    return stdout;
  }

  /** Runs a client. @returns connected, timeout, or the name of its error */
  async ask(place: Place, protocol: string, ends: (string | number)[], limitMs: number): Promise<string> {
    return (await this.run(place, ['node', program('client.mjs'), protocol, ...ends.map(String), String(limitMs)])).trim();
  }

  get places(): Place[] {
    return [...this.#keepers.keys()];
  }

  async close(): Promise<void> {
    const all = [...this.#servers, ...this.#keepers.values()];
    all.forEach((each) => each.kill('SIGKILL'));
    await Promise.allSettled(all);
  }

  async #addNamespace(place: Place): Promise<void> {
    const keeper = execa('unshare', ['--net', 'sleep', '600'], { reject: false });
    this.#keepers.set(place, keeper);
    const isOwn = () => {
      try {
        return readlinkSync(`/proc/${keeper.pid}/ns/net`) !== HOST;
      } catch {
        return false;
      }
    };
    for (let looks = 0; !isOwn(); looks++) {
      if (looks > 500) {
        throw new Error('unshare made no network namespace');
      }
      await sleep(10);
    }
    await this.run(place, ['ip', 'link', 'set', 'lo', 'up']);
    await this.run(place, [
      'sysctl',
      '-q',
      '-w',
      'net.ipv4.conf.all.rp_filter=0',
      'net.ipv4.conf.default.rp_filter=0',
      'net.ipv4.icmp_ratemask=0',
    ]);
    await this.run(
      place,
      ['nft', '-f', '-'],
      'table inet witness {\n chain arrived {\n type filter hook input priority 2147483647;\n }\n}\n',
    );
  }

  async #addInterface(name: string, addresses: string[], parties: string[]): Promise<void> {
    await this.#addNamespace(name);
    await this.run(null, ['ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'out', 'netns', String(this.#keepers.get(name)?.pid)]);
    for (const address of addresses) {
      await this.run(null, ['ip', 'address', 'add', address, 'dev', name]);
    }
    await this.run(null, ['ip', 'link', 'set', name, 'up']);
    for (const address of new Set(parties)) {
      await this.run(name, ['ip', 'address', 'add', `${address}/24`, 'dev', 'out']);
    }
    await this.run(name, ['ip', 'link', 'set', 'out', 'up']);
    const [own = ''] = addresses[0]?.split('/') ?? [];
    await this.run(name, ['ip', 'route', 'add', 'default', 'via', own, 'dev', 'out', 'onlink']);
    // A party on another prefix than the interface's has a way back all the same.
    for (const address of new Set(parties)) {
      await this.run(null, ['ip', 'route', 'replace', `${address}/32`, 'dev', name]);
    }
  }

  async #serve(place: Place, servers: object[]): Promise<void> {
    const server = execa(
      'nsenter',
      [`--net=/proc/${this.#keepers.get(place)?.pid}/ns/net`, 'node', program('server.mjs'), JSON.stringify(servers)],
      { reject: false },
    );
    this.#servers.push(server);
    const isReady = await Promise.race([once(server.stdout, 'data').then(() => true), server.then(() => false)]);
    if (!isReady) {
      throw new Error(`the servers of ${place ?? 'the world'} have ended`);
    }
  }
}

export function* listParties({ servers, clients }: WitnessScenario): Iterable<Party> {
  yield* Object.values(servers);
  for (const client of Object.values(clients)) {
    yield typeof client === 'string' ? { address: client } : client;
  }
}
