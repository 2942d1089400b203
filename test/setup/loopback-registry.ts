/** A package registry on this machine, so that the set-up is tested with the real npm and without a network. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export type PlantedPackage = { name: string; version: string; fields?: object; files?: Record<string, string> };

type Kept = { planted: PlantedPackage; tarball: Buffer; integrity: string };

/** Serves planted packages; can hang or answer 404 for a name, as networks and mirrors do. */
export class LoopbackRegistry {
  readonly #kept = new Map<string, Kept>();
  readonly #server: Server;
  /** Names whose archives never arrive. */
  readonly hanging = new Set<string>();
  /** Names whose archives are not there. */
  readonly missing = new Set<string>();
  /** Names whose archives arrive changed. */
  readonly tampered = new Set<string>();
  /** How many archives were asked for. */
  downloads = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      const [name = '', archive] = decodeURIComponent(request.url ?? '')
        .slice(1)
        .split('/-/');
      const kept = this.#kept.get(name);
      if (archive !== undefined) {
        this.downloads += 1;
      }
      if (archive !== undefined && this.hanging.has(name)) {
        return;
      }
      if (!kept || (archive !== undefined && this.missing.has(name))) {
        response.writeHead(404).end('{}');
      } else if (archive === undefined) {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(this.#describe(kept)));
      } else {
        response.end(this.tampered.has(name) ? Buffer.concat([kept.tarball, Buffer.from('x')]) : kept.tarball);
      }
    });
  }

  static async start(): Promise<LoopbackRegistry> {
    const registry = new LoopbackRegistry();
    await new Promise<void>((resolve) => registry.#server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #describe({ planted, integrity }: Kept): object {
    const { name, version, fields } = planted;
    const base = path.posix.basename(name);
    const dist = { tarball: `${this.url}${name}/-/${base}-${version}.tgz`, integrity };
    return { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, ...fields, dist } } };
  }

  /** Packs a package as npm would publish it. */
  publish(planted: PlantedPackage, scratch: string): string {
    const folder = mkdtempSync(path.join(scratch, 'package-'));
    const { name, version, fields, files = {} } = planted;
    const contents = path.join(folder, 'package');
    mkdirSync(contents);
    writeFileSync(path.join(contents, 'package.json'), JSON.stringify({ name, version, ...fields }));
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(path.join(contents, file), text);
    }
    execFileSync('tar', ['-czf', path.join(folder, 'archive.tgz'), '-C', folder, 'package']);
    const tarball = readFileSync(path.join(folder, 'archive.tgz'));
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    this.#kept.set(name, { planted, tarball, integrity });
    return integrity;
  }
}
