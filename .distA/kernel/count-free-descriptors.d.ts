/** How many files this process may still open (getrlimit(2), RLIMIT_NOFILE). Node raises its own limit to the hard one. */
export declare function countFreeDescriptors(): number;
