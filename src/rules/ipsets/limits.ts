/** The most ipsets of a world: as many as the kernel has room for in a new namespace (CONFIG_IP_SET_MAX). */
export const MOST_SETS = 256;

/** The most elements of all ipsets of a world together. The kernel's memory is not that of the caller. */
export const MOST_ELEMENTS = 65_536;
