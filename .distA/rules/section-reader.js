import { RuleError } from './rule-error.js';
import { TABLES } from './rule-names.js';
import { didYouMean } from './suggest-word.js';
/** Knows in which table a line stands, and what iptables-restore would say of the tables. */
export class SectionReader {
    /** Each table's line. */
    #begun = new Map();
    #open = null;
    #hasStray = false;
    #unsupported = new Map();
    /**
     * The table that a line belongs to; null where that is none that loopfw has.
     * @throws RuleError where no such line may stand there
     */
    read(read, line) {
        switch (read.kind) {
            case 'nothing':
                return null;
            case 'table':
                return this.#begin(read.name, line);
            case 'commit':
                return this.#commit();
            case 'chain':
            case 'rule':
                return this.#getTable(read);
        }
    }
    /** What is only known at the end of the file. */
    finish(lastLine) {
        return [
            ...(this.#open === null ? [] : [{ line: lastLine, message: `table ${this.#open.name} has no COMMIT: iptables-restore wants one` }]),
            ...[...this.#unsupported].map(([name, line]) => ({ line, message: `table ${name} is not supported yet` })),
        ];
    }
    #begin(name, line) {
        const open = this.#open;
        const earlier = this.#begun.get(name);
        const table = TABLES.find((known) => known === name) ?? null;
        this.#open = { name, line, table };
        this.#begun.set(name, line);
        if (open !== null) {
            throw new RuleError(`table ${open.name} of line ${open.line} has no COMMIT before this`);
        }
        if (earlier !== undefined) {
            throw new RuleError(`table ${name} was there in line ${earlier}: iptables-restore would forget what that says`);
        }
        if (table === null && name !== 'security') {
            throw new RuleError(`unknown table "${name}"${didYouMean(name, TABLES)}: ${TABLES.join(', ')}`);
        }
        return null;
    }
    #commit() {
        if (this.#open === null) {
            throw new RuleError('COMMIT where no table is open');
        }
        this.#open = null;
        return null;
    }
    #getTable(read) {
        const open = this.#open;
        if (open === null) {
            return this.#noteStray();
        }
        // A table that does nothing, as iptables-legacy-save writes it, is none to worry about.
        const isNothing = read.kind === 'chain' && (read.policy === 'ACCEPT' || read.policy === '-');
        if (open.name === 'security' && !isNothing) {
            this.#unsupported.set(open.name, open.line);
        }
        return open.table;
    }
    /** Said once: a file without any table has many such lines. */
    #noteStray() {
        if (this.#hasStray) {
            return null;
        }
        this.#hasStray = true;
        throw new RuleError('this line is in no table: put *filter before it, and COMMIT at the end');
    }
}
