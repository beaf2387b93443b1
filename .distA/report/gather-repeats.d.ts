import type { Packet } from '../model/result.js';
export interface Repeated extends Packet {
    /** How often it stands in the journey. */
    times: number;
}
/** A journey in which a packet that was sent again, and fared the same, stands once: where it stood first. */
export declare function gatherRepeats(journey: Packet[]): Repeated[];
