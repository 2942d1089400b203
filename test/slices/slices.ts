/**
 * `npm run slices [-- slurm|parallel|xargs… --log FILE]`: has real schedulers on this machine carry the slices of a simulation, as
 * the recipes in docs/simulation-in-scripts.md say, and compares what is merged with one run, to the byte; then with a slice lost
 * and one doubled. Ends with 1 where something is not as it has to be, or a carrier that was named is not installed.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { carried } from './carried';
import { CARRIERS, missingFor } from './carriers';
import { Room } from './room';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { log: { type: 'string' } } });
const unknown = positionals.filter((name) => CARRIERS.every((carrier) => carrier.name !== name));
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(', ')}: name ${CARRIERS.map(({ name }) => name).join(', ')}.`);
if (process.platform !== 'linux') throw new Error('Schedulers are started on Linux.');

const repository = process.cwd();
const log: string[] = [];
for (const carrier of CARRIERS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const missing = missingFor(carrier);
  if (missing.length > 0) {
    const line = `${carrier.name}: left out, since this system lacks it: apt-get install ${missing.join(' ')}`;
    console.log(line);
    log.push(line);
    if (positionals.length > 0) process.exitCode = 1;
    continue;
  }
  const room = new Room(
    path.join(repository, 'docs/sample-report/thousand-cups.scenario.json'),
    path.join(repository, 'out/main/cli.js'),
    repository,
    console.log,
  );
  try {
    room.say(`== ${carrier.name}`);
    const problems = await carried(carrier, room);
    for (const problem of problems) room.say(`WRONG: ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
    else room.say(`${carrier.name}: the same bytes; the lost slice and the doubled one are named`);
  } catch (error) {
    process.exitCode = 1;
    room.say(`FAILED: ${error instanceof Error ? error.message : String(error)}\n${await room.lastWords()}`);
  } finally {
    log.push(...room.lines);
    await room.end();
  }
}
if (values.log !== undefined) writeFileSync(values.log, `${log.join('\n')}\n`);
