import { objectName } from '../values/object-name.js';
/** iptables-extensions(8), helper. */
export const helper = {
    least: 1,
    most: 1,
    options: [{ flag: '--helper', values: [objectName('a helper', 28)], negatable: true }],
};
