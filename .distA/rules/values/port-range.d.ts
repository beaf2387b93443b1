/** A port or a range of ports by number; service names depend on the machine's /etc/services. */
export declare const portRange: import("../extension.js").PlainParser;
