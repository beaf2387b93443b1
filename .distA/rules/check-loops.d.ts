import type { Item } from './item.js';
interface Problem {
    index: number;
    message: string;
}
/** Jumps that come back to where they were, and jumps that go too deep: the kernel answers ELOOP or EMLINK. */
export declare function checkLoops(items: Item[]): Problem[];
export {};
