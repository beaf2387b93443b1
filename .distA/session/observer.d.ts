import type { TraceReader } from '../kernel/trace-reader.js';
import type { TraceHits } from '../model/evidence.js';
import type { Backend, EvidenceKind } from '../model/result.js';
import { type Endpoint } from '../trace/journey-log.js';
import type { KnownChain } from '../trace/known-chain.js';
import type { TracedPacket } from '../trace/traced-packet.js';
/** Reads the kernel's trace of one rule set, from the moment that it is made. */
export declare class Observer {
    #private;
    /** Messages that came while these rules took the place of others: nobody can tell whose they are. */
    readonly unattributed: number;
    /** @param reader was opened before the rules were there */
    constructor(reader: TraceReader, backend: Backend, chains: KnownChain[]);
    /** How many packets have been seen up to this moment: what comes later has that number, or a higher one. */
    countPackets(): number;
    /** How many messages the kernel has sent up to this moment. */
    countMessages(): number;
    /** What has become of the packets from and to a client, up to this moment: of those from the given number on. */
    getPackets(client: Endpoint, since: number): TracedPacket[];
    /** IPv6's questions for neighbours, and the answers, up to this moment. */
    getDiscovery(): TracedPacket[];
    /** To be called before the kernel's counters are read, as getHits() after. */
    markHits(): void;
    /** How often each rule has matched, up to this moment. */
    getHits(): TraceHits[];
    /** Where this evidence comes from. */
    get source(): EvidenceKind;
    /** Whether the kernel has had to throw trace messages away. */
    get hasLost(): boolean;
    close(): void;
}
