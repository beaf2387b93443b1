import { getRank } from './hooks.js';
import { parseHeaders } from './parse-headers.js';
import { readStep } from './read-step.js';
/**
 * Joins trace events to packets. A packet goes on from one visit of a hook to the next as long as its headers stay the same and its hooks
 * come in their order; else it is another packet (a retransmitted SYN-ACK looks like the first).
 *
 * nft: only the first event of a visit carries headers, the others carry the visit's id, which the kernel uses again and again. Headers
 * open a visit, and replace what their id meant before. legacy: every event carries headers and says its hook.
 */
export class JourneyLog {
    #rules;
    #visits = new Map();
    #latest = new Map();
    #alike = new Map();
    #ends = new Map();
    #printed = new Map();
    #heads = new Map();
    /** IPv6's questions for neighbours, and the answers, oldest first. */
    discovery = [];
    #packets = 0;
    constructor(rules) {
        this.#rules = rules;
    }
    /** How many packets there are. */
    get size() {
        return this.#packets;
    }
    add(events) {
        for (const event of events) {
            const visit = event.headers === null ? this.#visits.get(event.id) : this.#visit(event, event.headers);
            const met = visit && readStep(event, visit.hook, this.#rules);
            if (visit && met) {
                meet(visit.packet, met);
            }
        }
    }
    /** Packets from and to a client, and the ICMP errors that answer them; oldest first. */
    getPackets(client) {
        const found = this.#ends.get(getEndKey(client.address, client.port)) ?? [];
        return [...new Set([...found, ...found.flatMap((packet) => packet.errors)])].sort((a, b) => a.number - b.number);
    }
    #visit(event, raw) {
        const station = this.#rules.getStation(event);
        const headers = parseHeaders(event.family, raw);
        if (station === null || headers === null) {
            this.#visits.delete(event.id);
            return undefined;
        }
        const packet = this.#find(event, headers, station) ?? this.#addPacket(headers);
        const rank = getRank(station, packet.rank);
        packet.visited = packet.rank === rank ? [...packet.visited, getChainKey(event)] : [getChainKey(event)];
        packet.rank = rank;
        const visit = { packet, hook: station.hook };
        if (event.id !== null) {
            this.#visits.set(event.id, visit);
        }
        return visit;
    }
    /** The packet that goes on here: it looks the same, or the same but for what NAT rewrites, and has not come as far yet. */
    #find(event, headers, station) {
        const isThere = ({ rank }) => rank === getRank(station, rank) && event.id === null;
        const same = this.#latest.get(headers.key);
        if (same !== undefined && (canComeTo(same, station, event) || isThere(same))) {
            return same;
        }
        const alike = this.#alike.get(headers.looseKey);
        if (alike === undefined || !canComeTo(alike, station, event) || alike.headers.key === headers.key) {
            return null;
        }
        alike.rewritten = headers;
        this.#index(alike, headers);
        return alike;
    }
    #addPacket(headers) {
        const number = this.#packets++;
        const packet = {
            number,
            headers,
            rewritten: null,
            fingerprints: [],
            head: null,
            errors: [],
            steps: [],
            end: null,
            accept: null,
            rank: -1,
            visited: [],
        };
        this.#alike.set(headers.looseKey, packet);
        if (headers.fragment?.isFirst === false) {
            packet.head = this.#heads.get(headers.fragment.whole) ?? null;
            this.#latest.set(headers.key, packet);
            return packet;
        }
        if (headers.fragment !== null) {
            this.#heads.set(headers.fragment.whole, packet);
        }
        if (headers.icmp?.kind === 'solicitation' || headers.icmp?.kind === 'advertisement') {
            this.discovery.push(packet);
        }
        this.#index(packet, headers);
        return packet;
    }
    #index(packet, headers) {
        const { key, fingerprint, source, sourcePort, destination, destinationPort, icmp } = headers;
        this.#latest.set(key, packet);
        packet.fingerprints.push(fingerprint);
        push(this.#ends, getEndKey(source, sourcePort), packet);
        push(this.#ends, getEndKey(destination, destinationPort), packet);
        // IPv4's identification has 16 bits: it is the latest packet that an error answers.
        const answered = icmp?.embedded ? this.#printed.get(icmp.embedded) : undefined;
        if (answered !== undefined && answered !== packet) {
            answered.errors.push(packet);
        }
        this.#printed.set(fingerprint, packet);
    }
}
/** Of chains that have the same priority the kernel asks each once, in an order of its own. */
function canComeTo({ rank: reached, visited }, station, event) {
    const rank = getRank(station, reached);
    return reached < rank || (reached === rank && event.id !== null && !visited.includes(getChainKey(event)));
}
function getChainKey({ table, chain }) {
    return `${table} ${chain}`;
}
function meet(packet, met) {
    const { step, rule, passes } = met;
    packet.steps.push(step);
    if (step.verdict === 'drop' || step.verdict === 'reject') {
        packet.end = { verdict: step.verdict, rule };
        if (packet.head?.end === null) {
            // Nobody takes in a packet of which a part is missing: what ends one of its fragments ends it.
            meet(packet.head, met);
        }
    }
    else if (passes === 'accepted' || (passes === 'translated' && packet.accept === null)) {
        // A MASQUERADE after the ACCEPT that let the packet in has not let it in.
        packet.accept = rule;
    }
}
function getEndKey(address, port) {
    return `${address} ${port}`;
}
function push(lists, key, value) {
    const list = lists.get(key);
    if (list === undefined) {
        lists.set(key, [value]);
    }
    else {
        list.push(value);
    }
}
