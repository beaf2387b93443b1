/** One end of a conversation. */
export type Endpoint = Port | Echo;

interface Port {
  address: string;
  port: number;
}

/**
 * A client of ICMP echo. Its identifier is unique in the world. The address is not enough: NAT may change it, and two clients may ask each
 * other.
 */
interface Echo {
  address: string;
  identifier: number;
}
