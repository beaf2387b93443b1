import type { Network } from './network.js';
/** Why nobody with this address can stand outside of an interface; null where somebody can. */
export declare function getViaProblem(via: string, address: string, { interfaces, isSound }: Network): string | null;
