import { type ReporterName } from '../report/reporters.js';
export interface ReporterRequest {
    name: ReporterName;
    /** null: standard output */
    file: string | null;
}
/**
 * Reads `name` and `name=file`, each of which may come several times; without any, the report for who is reading.
 * @throws UsageError for an unknown name, and where two reports would share standard output
 */
export declare function parseReporters(values: string[], env: NodeJS.ProcessEnv): ReporterRequest[];
