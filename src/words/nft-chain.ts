/** The lowest priority that nft accepts. Of chains with equal priorities, the kernel calls the latest first. */
const FIRST_OF_ALL = -2147483648;

/** Prints a base chain in nft's language. The kernel calls it before all other chains of its hook. */
export function printFirstChain(hook: string, statements: string[]): string {
  const lines = [`type filter hook ${hook} priority ${FIRST_OF_ALL};`, ...statements];
  return `  chain ${hook} {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`;
}
