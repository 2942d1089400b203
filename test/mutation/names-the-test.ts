/** Tells the probes of a mutation run, here and in every process that a test starts, which test is running. */
import { afterEach, beforeEach } from 'vitest';

const names = globalThis as { __laurelTest?: string };

function name(test: string): void {
  names.__laurelTest = test;
  process.env['LAUREL_MUTATION_TEST'] = test;
}

if (process.env['LAUREL_MUTATION_PROBES'] !== undefined) {
  // What runs outside of every test (imports, hooks of the whole file) is reached by all tests of the file.
  const file = (globalThis as { __vitest_worker__?: { filepath?: string } }).__vitest_worker__?.filepath ?? '';
  name(`file:${file}`);
  beforeEach(({ task }) => {
    name(task.id);
  });
  afterEach(() => {
    name(`file:${file}`);
  });
}
