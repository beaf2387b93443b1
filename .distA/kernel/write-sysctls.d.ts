/**
 * Sets kernel settings of the calling thread's network namespace, by their sysctl(8) names, in their order.
 * @throws InternalError where the kernel refuses one · EnvironmentError where none can be set
 */
export declare function writeSysctls(settings: Record<string, string>): void;
