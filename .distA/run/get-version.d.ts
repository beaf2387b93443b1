/** loopfw's version, from its package.json. */
export declare function getVersion(): string;
