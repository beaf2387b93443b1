/** One end of a conversation; of an ICMP echo the port is its identifier. */
export interface Endpoint {
  address: string;
  port: number;
}
