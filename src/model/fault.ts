/** A fault for a program under test: every TCP connection to this address and port is refused. */
export interface Fault {
  kind: 'refused';
  address: string;
  port: number;
}
