import type { Hosts } from './resolve-hosts.js';
/** A URL with the address in the place of a host's name; a problem where there is no such host, null where its address was found wrong. */
export declare function replaceHost(url: string, hosts: Hosts): string | {
    problem: string;
} | null;
