/** Forgets where IPv6's neighbours are, in the calling thread's network namespace: whoever sends to one asks for it again (RFC 4861). */
export declare function forgetNeighbours(): void;
