/** A small repository in a temporary folder that uses Laurel's own set-up and a registry on this machine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LoopbackRegistry, type PlantedPackage } from './loopback-registry';

const scripts = path.resolve(import.meta.dirname, '..', '..', 'scripts');

export type Ended = { code: number | null; output: string };

export class PlantedTree {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'laurel-set-up-'));
  readonly root = path.join(this.folder, 'tree');

  private constructor(readonly registry: LoopbackRegistry) {
    cpSync(scripts, path.join(this.root, 'scripts'), { recursive: true });
  }

  static async plant(): Promise<PlantedTree> {
    return new PlantedTree(await LoopbackRegistry.start());
  }

  async remove(): Promise<void> {
    await this.registry.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Publishes packages and writes the manifest and the lock that want exactly them. */
  want(packages: (PlantedPackage & { optional?: boolean })[]): void {
    const entries: Record<string, object> = {};
    const dependencies: Record<string, string> = {};
    const optionalDependencies: Record<string, string> = {};
    for (const planted of packages) {
      const { name, version, fields, optional = false } = planted;
      const integrity = this.registry.publish(planted, this.folder);
      (optional ? optionalDependencies : dependencies)[name] = version;
      entries[`node_modules/${name}`] = { version, integrity, ...fields, ...(optional ? { optional } : {}) };
    }
    const manifest = { name: 'tree', version: '1.0.0', dependencies, optionalDependencies };
    const lock = { name: 'tree', version: '1.0.0', lockfileVersion: 3, requires: true };
    mkdirSync(this.root, { recursive: true });
    writeFileSync(path.join(this.root, 'package.json'), JSON.stringify(manifest));
    writeFileSync(
      path.join(this.root, 'package-lock.json'),
      JSON.stringify({ ...lock, packages: { '': manifest, ...entries } }),
    );
  }

  /** Begins a set-up in a process of its own. */
  begin(target: string): { child: ChildProcess; ended: Promise<Ended> } {
    // npm's own settings of the test run (a cache, an offline flag) must not reach the tree's npm.
    const inherited = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_'));
    const env = {
      ...Object.fromEntries(inherited),
      npm_config_registry: this.registry.url,
      npm_config_cache: path.join(this.folder, 'cache'),
      npm_config_userconfig: path.join(this.folder, 'no-settings'),
      npm_config_fetch_retries: '0',
    };
    const program = path.join(this.root, 'scripts', 'bootstrap', 'index.mjs');
    // A group of its own, so that a test can end npm together with the set-up, as Ctrl+C does.
    const child = spawn(process.execPath, [program, `--for=${target}`], { cwd: this.root, env, detached: true });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, output })));
    return { child, ended };
  }

  setUp(target = 'laurel'): Promise<Ended> {
    return this.begin(target).ended;
  }
}
