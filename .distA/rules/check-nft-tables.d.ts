import type { Position } from '../model/diagnostic.js';
import type { NftStatement } from './split-nft-statements.js';
/**
 * Finds tables of families that no probe reaches, and tables that the kernel's trace could not tell apart: it names the table and the
 * packet's family, and a packet of IPv4 is in `ip x` as well as in `inet x`.
 */
export declare function checkNftTables(statements: NftStatement[]): (Position & {
    message: string;
})[];
