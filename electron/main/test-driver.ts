/**
 * Under `LAUREL_TEST=1`, waits until the test that drives the app says that it watches, by calling
 * `globalThis.laurelOpen()`. A driver that attaches while the first page loads misses its arrival and waits for ever.
 */
export async function untilDriverWatches(): Promise<void> {
  if (process.env['LAUREL_TEST'] !== '1') return;
  await new Promise<void>((resolve) => Object.assign(globalThis, { laurelOpen: resolve }));
}

/** Lets the tests that drive the app find what no window shows. */
export function exposeToDriver(name: 'laurelBackendPid' | 'laurelReady', value: unknown): void {
  if (process.env['LAUREL_TEST'] === '1') Object.assign(globalThis, { [name]: value });
}

/** What a test wants the backend's process to be started with: a small memory, for example. Nothing outside tests. */
export function backendFlagsOfTest(): string[] {
  const flags = process.env['LAUREL_TEST'] === '1' ? process.env['LAUREL_BACKEND_FLAGS'] : undefined;
  return flags === undefined ? [] : flags.split(' ');
}

/** The folder that stands for what this app knows of updates. Nothing outside tests, and nothing where it is packed. */
export function updatesOfTest(): string | undefined {
  return process.env['LAUREL_TEST'] === '1' ? process.env['LAUREL_TEST_UPDATES'] : undefined;
}
