/**
 * The address of a worker's bundle, for `new Worker(workerUrl('issuance'))`.
 *
 * A worker's source is `<name>.worker.ts`, anywhere below `electron/backend` or `electron/cli`. Every build emits it flat beside the bundle that
 * starts it. Only under vitest does this file run as TypeScript; there the workers were bundled before the first test.
 *
 * @param name the worker's file name without `.worker.ts`, such as `issuance`
 */
export function workerUrl(name: string): URL {
  const folder = import.meta.url.endsWith('.ts') ? '../../../out/test-workers' : '.';
  return new URL(`${folder}/${name}.worker.js`, import.meta.url);
}
