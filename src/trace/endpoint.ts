/** One end of a conversation. */
export type Endpoint = Port | Echo;

interface Port {
  address: string;
  port: number;
}

/** Who asks by ICMP echo is known by its identifier, which nobody else in the world has: NAT may change the address, and two clients may ask each other. */
interface Echo {
  address: string;
  identifier: number;
}
