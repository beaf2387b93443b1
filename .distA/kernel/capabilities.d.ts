/** linux/capability.h: those that loopfw has to do with as root, by number. */
export declare const CAPABILITIES: {
    readonly CAP_SETGID: 6;
    readonly CAP_SETUID: 7;
    readonly CAP_SETPCAP: 8;
    readonly CAP_NET_BIND_SERVICE: 10;
    readonly CAP_NET_ADMIN: 12;
    readonly CAP_NET_RAW: 13;
    readonly CAP_SYS_ADMIN: 21;
};
