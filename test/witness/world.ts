// A world made by plain ip(8) in network namespaces of its own, without any code of loopfw.
import { isIPv6 } from 'node:net';
import { Place } from './place.js';
import { contains, getHost, listMachines, type Machine, type WitnessScenario } from './scenario.js';

/** What a namespace has before it has links: IPv6 without packets that nobody asked for, no rate limits, no repeated SYN-ACK. */
const SETTINGS = [
  'net.ipv4.conf.all.rp_filter=0',
  'net.ipv4.conf.default.rp_filter=0',
  'net.ipv4.icmp_ratemask=0',
  'net.ipv4.icmp_ratelimit=0',
  'net.ipv4.tcp_synack_retries=0',
  'net.ipv4.ping_group_range=0 0',
  'net.ipv6.icmp.ratelimit=0',
  'net.ipv6.conf.default.accept_ra=0',
  'net.ipv6.conf.default.accept_dad=0',
  'net.ipv6.conf.default.router_solicitations=0',
  'net.ipv6.conf.default.force_mld_version=1',
  'net.ipv6.conf.default.mldv1_unsolicited_report_interval=1000000000',
];
/** The address of the world's end of each cable. */
const WORLD_MAC = '02:00:00:00:00:01';
/** A neighbour that does not answer is given up after 0.3 s, and one that has answered is not asked again. */
const getNeighbourSettings = (device: string, isFor6: boolean) => [
  `net.ipv4.neigh.${device}.retrans_time_ms=100`,
  ...(isFor6 ? [`net.ipv6.neigh.${device}.retrans_time_ms=100`, `net.ipv6.neigh.${device}.base_reachable_time_ms=86400000`] : []),
];
/** A real router has those behind it at another interface, and tells nobody of a direct way. IPv6 has no setting for this. */
const NO_REDIRECTS = 'table ip6 router { chain output { type filter hook output priority 0; icmpv6 type nd-redirect drop; }; }\n';
const ROUTER_SETTINGS = [
  'net.ipv4.ip_forward=1',
  'net.ipv6.conf.all.forwarding=1',
  'net.ipv4.conf.all.send_redirects=0',
  'net.ipv4.conf.default.send_redirects=0',
];

/** The namespaces of a scenario: the world, a machine for each address outside, and one with the switches between them. */
export class WitnessWorld {
  readonly #places: Place[] = [];
  readonly #machines = new Map<string, Place>();
  world!: Place;

  /** Makes namespaces, veths, bridges, addresses, routes and settings, and starts the servers. */
  static async make(scenario: WitnessScenario): Promise<WitnessWorld> {
    const made = new WitnessWorld();
    try {
      await made.#build(scenario);
      return made;
    } catch (error) {
      await made.close();
      throw error;
    }
  }

  /** Every namespace in which somebody sends or listens. */
  get places(): Place[] {
    return [this.world, ...this.#machines.values()];
  }

  /** Where an address is: the machine with it, or the world. */
  find(address: string): Place {
    return this.#machines.get(address) ?? this.world;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#places.map((place) => place.close()));
  }

  async #build(scenario: WitnessScenario): Promise<void> {
    const { routes = [], ipRules = [], sysctl = {}, servers = {} } = scenario;
    const machines = listMachines(scenario);
    const [world, switches, ...others] = await Promise.all([this.#add(), this.#add(), ...machines.map(() => this.#add())]);
    this.world = world;
    machines.forEach(({ address }, index) => this.#machines.set(address, others[index]!));
    const cables = machines.map((machine, index) => ({ machine, place: others[index]! }));
    await this.#connect(scenario, switches, cables);
    await Promise.all(cables.map(({ machine, place }) => this.#furnish(machine, place)));
    await Promise.all([world, switches, ...others].map((place) => place.waitForLinks()));
    // Settings of an interface need the interface.
    await world.set(Object.entries(sysctl).map(([name, value]) => `${name}=${value}`));
    await world.ip([...routes.map((route) => `route add ${route}`), ...ipRules.map((rule) => `rule add ${rule}`)]);
    for (const place of this.places) {
      await place.serve(Object.values(servers).filter(({ address, via }) => (via === undefined ? world : this.find(address)) === place));
    }
  }

  async #add(): Promise<Place> {
    const place = await Place.make();
    this.#places.push(place);
    await place.set(SETTINGS);
    await place.ip(['link set lo up']);
    return place;
  }

  /** Puts the ends of cables into the world, the machines, and the switches between them. A bridge of the world needs no switch. */
  async #connect(scenario: WitnessScenario, switches: Place, cables: { machine: Machine; place: Place }[]): Promise<void> {
    const { interfaces = {}, bridges = {} } = scenario;
    const inWorld: string[] = [];
    const inSwitches: string[] = [];
    for (const [index, name] of Object.keys(interfaces).entries()) {
      inWorld.push(`link add ${name} address ${WORLD_MAC} type veth peer name w${index} netns ${switches.pid}`);
      inSwitches.push(`link add s${index} type bridge`, `link set w${index} master s${index} up`, `link set s${index} up`);
    }
    inWorld.push(...Object.keys(bridges).map((name) => `link add ${name} type bridge`));
    let port = 0;
    for (const [index, { machine, place }] of cables.entries()) {
      const { via } = machine;
      const [list, name, master] =
        via in bridges ? [inWorld, `veth${++port}`, via] : [inSwitches, `m${index}`, `s${Object.keys(interfaces).indexOf(via)}`];
      list.push(`link add ${name} type veth peer name out netns ${place.pid}`, `link set ${name} master ${master} up`);
    }
    const links = Object.entries({ ...interfaces, ...bridges });
    for (const [name, { addresses = [], mtu }] of links) {
      inWorld.push(...addresses.map((address) => `address add ${address} dev ${name}${isIPv6(getHost(address)) ? ' nodad' : ''}`));
      inWorld.push(`link set ${name} ${mtu === undefined ? '' : `mtu ${mtu} `}up`);
    }
    await this.world.ip(inWorld);
    await switches.ip(inSwitches);
    await this.world.set(links.flatMap(([name, { addresses = [] }]) => getNeighbourSettings(name, addresses.some(isIPv6Text))));
  }

  /** Gives a machine its address, and its routes to the world and to those behind it. */
  async #furnish({ address, networks, behind }: Machine, place: Place): Promise<void> {
    if (behind.length > 0) {
      await place.set(ROUTER_SETTINGS);
      await place.run(['nft', '-f', '-'], NO_REDIRECTS);
    }
    const isFor6 = isIPv6(address);
    const network = networks.find((one) => contains(one, address));
    const gateway = getHost(network ?? networks.find((one) => isIPv6Text(one) === isFor6) ?? '');
    await place.ip([
      `address add ${address}/${network?.split('/')[1] ?? (isFor6 ? '128' : '32')} dev out${isFor6 ? ' nodad' : ''}`,
      'link set out up',
      `route add default via ${gateway} dev out onlink`,
      // Who has an address of another network stands for somebody behind a router: the world has no need to answer an ARP request.
      ...(network === undefined && !isFor6 ? [`neigh add ${gateway} lladdr ${WORLD_MAC} dev out nud permanent`] : []),
      ...behind.map((other) => `route add ${other} dev out`),
    ]);
    await place.set(getNeighbourSettings('out', isFor6));
  }
}

const isIPv6Text = (address: string) => isIPv6(getHost(address));
