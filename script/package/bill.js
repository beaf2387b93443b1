// The bill of materials (SBOM) of a release, in the format CycloneDX.
import { execFileSync } from 'node:child_process';

/** Development dependencies whose code is in the package all the same: the page of the HTML report has it. */
const BUNDLED = ['preact'];

/** Needs no node_modules: package-lock.json has the versions and hashes. The name of the folder becomes the name of the package. */
export function makeBill(folder) {
  const list = (...options) =>
    JSON.parse(
      execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--loglevel=error', ...options], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      }),
    );
  const bill = list('--omit=dev');
  const bundled = list().components.filter(({ name }) => BUNDLED.includes(name));
  return { ...bill, components: [...bill.components, ...bundled.map((component) => ({ ...component, scope: 'required' }))] };
}
