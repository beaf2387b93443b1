/** The six bytes of a link-layer address such as 02:00:00:00:00:01. */
export function parseMac(mac) {
    return Buffer.from(mac.replaceAll(':', ''), 'hex');
}
