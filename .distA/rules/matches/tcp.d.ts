import type { Extension } from '../extension.js';
/**
 * iptables-extensions(8), tcp. With `! -p tcp` iptables-nft takes it and then looks for ports where there are none: refused, as the
 * legacy back end does. Of two `--dport` in two `-m tcp`, iptables-save shows only one, so all `-m tcp` of a rule are one match.
 */
export declare const tcp: Extension;
