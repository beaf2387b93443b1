import { readFileSync } from 'node:fs';
import type { Namespaces } from '../launch.js';

const LISTS = { ipv4: 'ip_tables_names', ipv6: 'ip6_tables_names' };

/**
 * The tables that iptables-legacy has in the sandbox; null for an ordinary user, who cannot read the kernel's list of them. To ask
 * iptables-legacy for a table makes it, and iptables then warns of it.
 */
export function readLegacyTables({ keeper }: Namespaces): Record<keyof typeof LISTS, string[]> | null {
  try {
    const [ipv4, ipv6] = [LISTS.ipv4, LISTS.ipv6].map((name) => readList(`/proc/${keeper}/net/${name}`)) as [string[], string[]];
    return { ipv4, ipv6 };
  } catch {
    return null;
  }
}

/** A kernel without these tables has no list. @throws where the list cannot be read */
function readList(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
