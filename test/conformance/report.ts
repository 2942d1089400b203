/** `npm run conformance`: plays every case over real HTTP and prints the share that passes, by endpoint and by rule. */
import { PracticeOrg } from '../../electron/backend/practice/org';
import { Gate, newCredentials } from '../../electron/backend/practice/credentials';
import { PracticeServer } from '../../electron/backend/practice/server/practice-server';
import { instantOf } from '../../shared/domain/instant';
import { findRoute } from '../../shared/gateway/router';
import { OWN_CASES } from './cases';
import { HttpGateway } from './http-gateway';
import { play } from './play';
import { loadVectors, type Vector } from './vectors';

interface Share {
  passed: number;
  total: number;
}

function endpointOf(vector: Vector): string {
  const [method = '', path = ''] = vector.when.endpoint.split(' ');
  return findRoute(method, path)?.endpoint.name ?? 'no endpoint';
}

function add(shares: Map<string, Share>, key: string, hasPassed: boolean): void {
  const share = shares.get(key) ?? { passed: 0, total: 0 };
  shares.set(key, { passed: share.passed + (hasPassed ? 1 : 0), total: share.total + 1 });
}

function print(title: string, shares: Map<string, Share>): void {
  console.log(`\n${title}`);
  for (const [key, { passed, total }] of [...shares].sort(([one], [other]) =>
    one.localeCompare(other, 'en', { numeric: true }),
  )) {
    const percent = `${Math.floor((100 * passed) / total)} %`;
    console.log(
      `  ${key.padEnd(22)} ${String(passed).padStart(4)} of ${String(total).padStart(4)}  ${percent.padStart(5)}`,
    );
  }
}

async function run(): Promise<boolean> {
  const credentials = newCredentials();
  const org = await PracticeOrg.open({ file: null, settings: {}, now: instantOf('2026-01-01T00:00:00Z') });
  const server = new PracticeServer({
    org,
    gate: new Gate(credentials),
    faults: null,
    onActivity: null,
    onFailure: (error) => console.error(error),
  });
  const gateway = new HttpGateway(`http://127.0.0.1:${await server.listen(0)}`, credentials);
  const sources = [
    { name: 'reference', vectors: loadVectors() },
    { name: 'own cases', vectors: OWN_CASES },
  ];
  const bySource = new Map<string, Share>();
  const byEndpoint = new Map<string, Share>();
  const byRule = new Map<string, Share>();
  const failures: string[] = [];
  for (const { name, vectors } of sources) {
    for (const vector of vectors) {
      const found = await play(vector, gateway).catch((error: unknown) => [String(error)]);
      const hasPassed = found.length === 0;
      add(bySource, name, hasPassed);
      add(byEndpoint, endpointOf(vector), hasPassed);
      for (const rule of vector.rules) add(byRule, rule, hasPassed);
      if (!hasPassed) failures.push(`${vector.id}: ${found.join('; ')}`);
    }
  }
  await server.close();
  org.close();
  print('By source', bySource);
  print('By endpoint', byEndpoint);
  print('By rule', byRule);
  console.log(failures.length === 0 ? '\nAll cases pass.' : `\nFailed:\n${failures.join('\n')}`);
  return failures.length === 0;
}

process.exitCode = (await run()) ? 0 : 1;
