/** nft takes no priority below this one. Of equal ones the kernel asks the chain that came last first. */
const FIRST_OF_ALL = -2147483648;

/** A base chain in nft's language, which the kernel asks before all others of its hook. */
export function printFirstChain(hook: string, statements: string[]): string {
  const lines = [`type filter hook ${hook} priority ${FIRST_OF_ALL};`, ...statements];
  return `  chain ${hook} {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`;
}
