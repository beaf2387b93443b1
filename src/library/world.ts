/// <reference lib="esnext.disposable" preserve="true" />
import { UsageError } from '../model/errors.js';
import type { ProbeResult, RuleResult } from '../model/result.js';
import type { RuleInput } from '../model/scenario-file.js';
import type { AskedProbe, RunningFault } from '../run/world/control/client.js';
import { openControl } from '../run/world/control/server.js';
import type { FaultInWorld, ServerInWorld } from '../run/world/control-types.js';
import { parseFault } from '../run/world/faults/parse.js';
import { HostedWorld, type HostedWorldOptions } from '../run/world/hosted-world.js';
import type { JourneyInWorld } from '../run/world/journey.js';
import type { ProgramOptions, ProgramResult } from '../run/world/program-options.js';
import { WorldPrograms } from '../run/world/programs.js';
import { makeServerVariables } from '../run/world/server-variables.js';
import { SecureWorldAgent, WorldAgent } from '../run/world/sockets/agents.js';
import { openConnection } from '../run/world/sockets/socket.js';
import { KeepAlive } from './keep-alive.js';
import type { HttpAgent, HttpAgentOptions, TcpSocket } from './node-types.js';

/** What a world is made of. close() ends it from the outside in. */
interface Parts {
  hosted: HostedWorld;
  control: Awaited<ReturnType<typeof openControl>>;
  programs: WorldPrograms;
}

/**
 * A world of this process (createWorld): a throw-away network in which programs and sockets meet servers, rules and faults. Every change is in
 * force when its promise is fulfilled. What was asked for in vain leaves the world as it was.
 *
 * @throws UsageError from every method after close() · InternalError if the world has died
 */
export class World {
  readonly #parts: Parts;
  readonly #alive = new KeepAlive();
  #closing: Promise<void> | null = null;
  /** The servers of the world. Programs in it also find them in LOOPFW_SERVER_NAME. */
  readonly servers: ServerInWorld[];

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.servers = parts.hosted.servers;
  }

  /** @internal */
  static async open(options: HostedWorldOptions): Promise<World> {
    const hosted = await HostedWorld.open(options);
    let control: Parts['control'] | null = null;
    try {
      control = await openControl(hosted);
      const programs = await WorldPrograms.open(hosted.namespaces, { ...makeServerVariables(hosted.servers), ...control.env });
      hosted.begin();
      hosted.unref();
      control.unref();
      return new World({ hosted, control, programs });
    } catch (error) {
      await control?.close();
      await hosted.close();
      throw error;
    }
  }

  /** Puts a fault into force, such as `refused=127.0.0.2:5432,for=2s`. @throws UsageError for a fault that is impossible here */
  async fault(fault: string): Promise<RunningFault> {
    const own = await this.#ask(({ hosted }) => hosted.addFault(parseFault(fault)));
    const heal = async () => {
      await this.#ask(({ hosted }) => hosted.heal(own.id)); // a fault that was healed before stays so
    };
    return { ...own, heal, [Symbol.asyncDispose]: () => (this.#closing === null ? heal() : Promise.resolve()) };
  }

  /** The faults that have not been healed, with what they have hit. */
  faults(): Promise<FaultInWorld[]> {
    return this.#ask(({ hosted }) => hosted.listFaults());
  }

  /** Ends a fault by its number, or all faults. @throws UsageError if there is none with this number */
  async heal(id?: number): Promise<void> {
    const wasThere = await this.#ask(({ hosted }) => hosted.heal(id ?? null));
    if (!wasThere && id !== undefined) {
      throw new UsageError(`no fault has the number ${id}, or it has been healed`);
    }
  }

  /** Replaces all rules of the world: texts of iptables, or objects as in a scenario. @throws SpecError for mistakes in them */
  apply(rules: (string | RuleInput)[]): Promise<void> {
    return this.#ask(({ hosted }) => hosted.setRules(rules));
  }

  /** The rules of the world with their counters. */
  rules(): Promise<RuleResult[]> {
    return this.#ask(({ hosted }) => hosted.listRules());
  }

  /** Makes a probe as in a scenario, and says what its client saw, why, and by which rule. @throws SpecError for mistakes in it */
  probe(probe: AskedProbe): Promise<ProbeResult> {
    return this.#ask(({ hosted }) => hosted.probe(probe));
  }

  /**
   * What became of the connections of programs and of this process in the world, in the order in which they began. The newest 1,000 are kept.
   * @param since leaves out those with a lower number
   */
  journeys(since = 0): Promise<JourneyInWorld[]> {
    return this.#ask(({ hosted }) => hosted.journeys(since));
  }

  /**
   * Runs a program in the world, with the caller's user, folder and variables. It cannot change the world, but for LOOPFW_CONTROL
   * (`loopfw/control`). Several may run at once. What it leaves behind ends with the world.
   *
   * @returns its exit code and output: a code other than 0 is no error
   * @throws UsageError where it cannot be started, or the world is closed meanwhile · the reason of `signal`
   */
  exec(command: string, args: string[] = [], options: ProgramOptions = {}): Promise<ProgramResult> {
    return this.#ask(({ programs }) => programs.run(command, args, options));
  }

  /**
   * An agent of node:http for requests into the world, or of node:https with `secure`. `agent<http.Agent>()` has the type of Node.js.
   * Names are not looked up: hosts are addresses or localhost, which is 127.0.0.1, and ::1 with `family: 6`.
   */
  agent<Agent = HttpAgent>({ secure = false, ...options }: HttpAgentOptions = {}): Agent {
    const { sockets } = this.#get().programs;
    sockets.prepare();
    const make = (family: 'ipv4' | 'ipv6') => this.#get().programs.sockets.make(family);
    return (secure ? new SecureWorldAgent(options, make) : new WorldAgent(options, make)) as Agent;
  }

  /**
   * Opens a TCP connection in the world, as net.connect(port, host) of Node.js does. The socket is a net.Socket, and connect<net.Socket>() has that
   * type. It connects once.
   *
   * @param host an address or localhost. Default: 127.0.0.1
   */
  connect<Socket = TcpSocket>(port: number, host = '127.0.0.1'): Socket {
    const { sockets } = this.#get().programs;
    return openConnection({ port, host }, (family) => sockets.make(family)) as Socket;
  }

  /** Ends the world with everything in it. @throws InternalError if it had died before */
  close(): Promise<void> {
    this.#closing ??= this.#alive.during(() => this.#close());
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    const { hosted, control, programs } = this.#parts;
    programs.close();
    await control.close();
    await hosted.close();
  }

  #get(): Parts {
    if (this.#closing !== null) {
      throw new UsageError('the world has been closed');
    }
    return this.#parts;
  }

  #ask<Value>(work: (parts: Parts) => Promise<Value>): Promise<Value> {
    return this.#alive.during(() => work(this.#get()));
  }
}
