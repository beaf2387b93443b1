/**
 * Waits until the world's ends of its veths can send. The end that came up first has a carrier with the other one, but the kernel acts upon
 * it later, in a thread of its own (linkwatch); under load ARP's first question was lost, and the second comes after a second.
 */
export declare function waitForCarrier(names: string[]): Promise<void>;
