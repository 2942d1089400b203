/** Uses everything of the store's module that could differ from the shipped one: `self-test.cjs PACKAGE MODULE`. */
const { mkdtempSync, rmSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread, Worker, workerData } = require('node:worker_threads');

const [package_, module_] = isMainThread ? process.argv.slice(2) : workerData;
const Database = require(package_);

function require_(/** @type {boolean} */ holds, /** @type {string} */ what) {
  if (!holds) throw new Error(`${what} does not work`);
}

/** @param {string} file */
function use(file) {
  const db = new Database(file, { nativeBinding: module_ });
  db.pragma('journal_mode = WAL');
  db.function('twice', (value) => value * 2);
  db.aggregate('longest', { start: 0, step: (most, text) => Math.max(most, text.length) });
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, bytes BLOB) STRICT');
  const insert = db.prepare('INSERT INTO t (name, bytes) VALUES (?, ?)');
  db.transaction(() => {
    for (let at = 0; at < 20_000; at += 1) insert.run(`row ${at}`, Buffer.alloc(at % 50, 1));
  })();
  const row = db.prepare('SELECT count(*) AS rows, twice(21) AS answer, longest(name) AS most FROM t').get();
  require_(row.rows === 20_000 && row.answer === 42 && row.most === 9, 'a function of our own');
  require_(db.prepare('SELECT max(id) FROM t').safeIntegers().pluck().get() === 20_000n, 'a large integer');
  let thrown = '';
  try {
    db.exec('INSERT INTO t VALUES (1, 2, 3, 4)');
  } catch (error) {
    thrown = error.code;
  }
  require_(thrown === 'SQLITE_ERROR', 'an error');
  return db;
}

async function main() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'laurel-store-module-'));
  try {
    const db = use(path.join(folder, 'a.sqlite'));
    const bytes = use(':memory:').serialize();
    const again = new Database(bytes, { nativeBinding: module_ });
    require_(again.prepare('SELECT count(*) FROM t').pluck().get() === 20_000, 'a copy in memory');
    await db.backup(path.join(folder, 'copy.sqlite'));
    for (let round = 0; round < 20; round += 1) {
      for (let at = 0; at < 2_000; at += 1) db.prepare(`SELECT ${at}, 'x'`).get();
      collect();
      // What finalizers put off is done in turns of the loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const code = await new Promise((resolve, reject) => {
      const worker = new Worker(__filename, { workerData: [package_, module_, path.join(folder, 'b.sqlite')] });
      worker.once('error', reject);
      worker.once('exit', resolve);
    });
    require_(code === 0, 'a thread');
    db.close();
    console.log('the module works');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isMainThread) {
  main().catch((error) => {
    console.error(error);
    process.exit(1);
  });
} else {
  use(workerData[2]).close();
}
