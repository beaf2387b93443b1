/** The six bytes of a link-layer address such as 02:00:00:00:00:01. */
export declare function parseMac(mac: string): Buffer;
