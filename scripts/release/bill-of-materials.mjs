/**
 * The software bill of materials: what is in a package for people, and nothing that only made it. npm writes it from the
 * lock and calls all that is bundled a dependency of development, so that its own choice would leave most of it out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/places.mjs';
import { SetupError } from '../bootstrap/report.mjs';
import { lastLines, run } from '../bootstrap/run.mjs';
import { shippedPackages } from '../build/third-party-notices.mjs';

/**
 * @typedef {{ 'bom-ref': string, name: string, version: string, scope?: string,
 *   properties?: { name: string, value: string }[] }} Component
 * @typedef {{ bomFormat: string, specVersion: string, components: Component[],
 *   dependencies: { ref: string, dependsOn: string[] }[], metadata: { component: { 'bom-ref': string } } }} Bill
 */

const DEVELOPMENT = 'cdx:npm:package:development';

/**
 * Keeps of npm's bill what is shipped.
 *
 * @param {Bill} bill of all that the lock names
 * @param {ReadonlySet<string>} shipped as `name@version`
 * @returns {Bill}
 */
export function billOfShipped(bill, shipped) {
  const components = bill.components
    .filter(({ name, version, properties = [] }) => {
      if (shipped.has(`${name}@${version}`) || name === 'electron') return true;
      const isForDevelopment = properties.some((property) => property.name === DEVELOPMENT);
      // Binaries of the platforms; the pinned Node is left out of packages (electron-builder.yml).
      return !isForDevelopment && !/^node-(?:linux|win)-/.test(name);
    })
    .map(({ scope: _scope, properties = [], ...component }) => {
      const others = properties.filter(({ name }) => name !== DEVELOPMENT);
      return { ...component, ...(others.length === 0 ? {} : { properties: others }) };
    });
  const own = bill.metadata.component['bom-ref'];
  const kept = new Set([own, ...components.map((component) => component['bom-ref'])]);
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
  return { ...bill, components, dependencies };
}

/**
 * What npm leaves out of its bill: packages that are there because a peer asks for them.
 *
 * @param {Bill} bill
 * @param {ReadonlySet<string>} shipped
 * @returns {Component[]}
 */
function leftOut({ components }, shipped) {
  const named = new Set(components.map(({ name, version }) => `${name}@${version}`));
  /** @type {[string, { version?: string, integrity?: string, license?: string }][]} */
  const locked = Object.entries(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages);
  return [...shipped]
    .filter((each) => !named.has(each))
    .map((each) => {
      const [name, version] = [each.slice(0, each.lastIndexOf('@')), each.slice(each.lastIndexOf('@') + 1)];
      const { integrity = '', license } =
        locked.find(([place, found]) => place.endsWith(`node_modules/${name}`) && found.version === version)?.[1] ?? {};
      const content = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
      return {
        ...{ 'bom-ref': each, type: 'library', name, version, purl: `pkg:npm/${name.replace('@', '%40')}@${version}` },
        ...(integrity.startsWith('sha512-') ? { hashes: [{ alg: 'SHA-512', content }] } : {}),
        ...(license === undefined ? {} : { licenses: [{ license: { id: license } }] }),
      };
    });
}

/**
 * Writes it, as CycloneDX.
 *
 * @param {string} file
 * @returns {Promise<string>} how much is in it
 * @throws {SetupError}
 */
export async function writeBill(file) {
  // A peer that the linter wishes for in a newer version, and does without, would make it refuse the whole.
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--legacy-peer-deps', '--include', 'dev'];
  const made = await run('npm', args, { cwd: root });
  if (made.code !== 0) throw new SetupError('npm made no bill of materials.', 'see above.', lastLines(made.output, 10));
  /** @type {Bill} */
  const all = JSON.parse(made.stdout);
  if (all.bomFormat !== 'CycloneDX') throw new SetupError('npm made something else.', 'use npm 11.');
  const shipped = shippedPackages(root);
  const bill = billOfShipped(all, shipped);
  bill.components.push(...leftOut(bill, shipped));
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  return `${bill.components.length} components, CycloneDX ${bill.specVersion}`;
}
