/** Any text of at most 255 bytes; iptables cuts a longer one off without a word. */
export declare function comment(text: string): string;
