import type { Extension } from '../extension.js';
/** iptables-extensions(8), physdev. A packet has no port of a bridge to leave by while it is made by the machine itself. */
export declare const physdev: Extension;
