/** A fault that a program is put under: every TCP connection to that address and port is refused. */
export interface Fault {
    kind: 'refused';
    address: string;
    port: number;
}
