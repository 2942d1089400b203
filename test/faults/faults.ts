/**
 * `npm run faults [-- SCENARIO… --kinds KIND,KIND --stride N --from N --to N --seconds N]`: lets every call that changes a file go
 * wrong once, one after the other, and looks at what is left. Ends with 1 where something was.
 */
import { parseArgs } from 'node:util';
import { canInject, FAULT_KINDS, type Fault, type FaultKind } from './fault-library';
import { makePrograms, prepared, SCENARIOS } from './inject';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kinds: { type: 'string', default: FAULT_KINDS.join(',') },
    stride: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    to: { type: 'string', default: 'Infinity' },
    seconds: { type: 'string', default: '0' },
  },
});
const kinds = values.kinds
  .split(',')
  .filter((kind): kind is FaultKind => (FAULT_KINDS as readonly string[]).includes(kind));
const [stride, from, seconds] = [Number(values.stride), Number(values.from), Number(values.seconds)];
const to = Number(values.to);
const chosen = SCENARIOS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (chosen.length === 0 || kinds.length === 0 || !(stride >= 1) || !(from >= 1) || !(to >= from)) {
  throw new Error(`Scenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}; kinds: ${FAULT_KINDS.join(', ')}.`);
}
if (!canInject) throw new Error('Faults are injected on Linux, with gcc: apt-get install gcc.');

/** Killed once is killed for good; a disk can be full for a moment or from then on. */
function faultsAt(at: number): Fault[] {
  return kinds.flatMap((kind) => {
    const once: Fault = { kind, at, lasting: false };
    return kind === 'die' || kind === 'die-half' ? [once] : [once, { ...once, lasting: true }];
  });
}

const started = performance.now();
const programs = await makePrograms();
for (const scenario of chosen) {
  const { calls, inject, end } = await prepared(scenario, programs);
  console.log(`${scenario.name}: ${String(calls)} calls can go wrong`);
  const outcomes = { killed: 0, refused: 0, done: 0 };
  let broken = 0;
  let passed = 0;
  let at = from;
  for (; at <= Math.min(to, calls); at += stride) {
    if (at > from && (at - from) % (10 * stride) === 0)
      console.log(`  up to call ${String(at - stride)} of ${String(calls)}: ${String(broken)} left something wrong`);
    if (seconds > 0 && performance.now() - started > seconds * 1_000) break;
    for (const fault of faultsAt(at)) {
      const { problems, unconfirmed, outcome } = await inject(fault);
      outcomes[outcome] += 1;
      const place = `${fault.kind}${fault.lasting ? ' from then on' : ''} at ${String(at)} (${outcome})`;
      if (unconfirmed.length > 0) {
        passed += 1;
        console.log(`  ${place}, seen once and not again: ${unconfirmed.join('; ')}`);
      }
      if (problems.length === 0) continue;
      broken += 1;
      process.exitCode = 1;
      console.log(`  ${place}: ${problems.join('; ')}`);
    }
  }
  end();
  const total = outcomes.killed + outcomes.refused + outcomes.done;
  console.log(
    `${scenario.name}: ${String(total)} faults from call ${String(from)} to ${String(Math.min(at - stride, calls))} of ${String(calls)}: ` +
      `${String(outcomes.killed)} killed, ${String(outcomes.refused)} said so, ${String(outcomes.done)} went on; ${String(broken)} left something wrong, ` +
      `${String(passed)} did once and not again`,
  );
}
const hung = await programs.end();
if (hung > 0) {
  process.exitCode = 1;
  console.log(`${String(hung)} processes did not end by themselves when all was done`);
}
