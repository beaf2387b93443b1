import type { Result } from '../model/result.js';
/** One answer to one question: what the client saw, why, and every packet's way; on each back end that was asked. */
export declare function reportAnswer({ scenarios }: Result, { color }: {
    color: boolean;
}): string;
