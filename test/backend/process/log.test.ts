import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLog } from '../../../electron/backend/process/log';
import { LogFile } from '../../../electron/backend/process/log-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

describe('the log file', () => {
  test('never holds more than its share, and keeps the youngest lines', () => {
    const file = new LogFile(path.join(folder, 'x.log'), 100, 2);
    for (let line = 0; line < 100; line++) file.write(`line ${String(line).padStart(4, '0')}\n`);
    file.close();
    expect(readdirSync(folder).sort()).toEqual(['x.log', 'x.log.1', 'x.log.2']);
    for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).size).toBeLessThanOrEqual(100);
    const kept = [text('x.log.2'), text('x.log.1'), text('x.log')].join('').trimEnd().split('\n');
    expect(kept).toEqual(
      Array.from({ length: kept.length }, (_, at) => `line ${String(100 - kept.length + at).padStart(4, '0')}`),
    );
    expect(kept.length).toBeGreaterThan(20);
  });

  test('does not wait for a reader where a pipe has its name', () => {
    execFileSync('mkfifo', [path.join(folder, 'x.log')]);
    expect(() => new LogFile(path.join(folder, 'x.log'), 100, 1)).toThrow('it is a pipe, not a file');
    execFileSync('mkfifo', [path.join(folder, 'backend.log')]);
    expect(() => openLog(folder)).toThrow(
      /cannot write its log .*it is a pipe, not a file.*Nothing was changed\. Move away what/,
    );
    expect(() => openLog(path.join(folder, 'x.log', 'logs'))).toThrow(
      /a part of its path is a file, not a folder\. Nothing was changed\. Choose another place, and start again/,
    );
  });

  test('goes on where an earlier process ended', () => {
    const first = new LogFile(path.join(folder, 'x.log'), 100, 1);
    first.write('a'.repeat(80) + '\n');
    first.close();
    const second = new LogFile(path.join(folder, 'x.log'), 100, 1);
    second.write('b'.repeat(50) + '\n');
    second.close();
    expect(text('x.log.1')).toBe('a'.repeat(80) + '\n');
    expect(text('x.log')).toBe('b'.repeat(50) + '\n');
  });

  test('a single line that is too long still goes in whole', () => {
    const file = new LogFile(path.join(folder, 'x.log'), 10, 1);
    file.write('c'.repeat(50) + '\n');
    file.close();
    expect(text('x.log')).toBe('c'.repeat(50) + '\n');
    expect(readdirSync(folder)).toEqual(['x.log']);
  });

  test('a line that cannot be written is lost without an error', () => {
    const file = new LogFile(path.join(folder, 'x.log'), 10, 1);
    file.close();
    expect(() => file.write('too late\n')).not.toThrow();
  });
});

describe('the backend’s log', () => {
  test('holds errors in full, with their stack and cause', () => {
    const { log, close } = openLog(folder);
    log.error({ err: new Error('outer', { cause: new Error('inner') }), method: 'badges.get' }, 'a handler failed');
    close();
    const line = JSON.parse(text('backend.log')) as {
      err: { message: string; stack: string };
      method: string;
      msg: string;
    };
    expect(line).toMatchObject({ method: 'badges.get', msg: 'a handler failed' });
    expect(line.err.message).toContain('inner');
    expect(line.err.stack).toContain('log.test.ts');
  });

  test('never holds a secret that hangs under its usual name', () => {
    const { log, close } = openLog(folder);
    const secret = 'hush-9f2c';
    log.info({ authorization: secret }, 'one');
    log.info({ headers: { Authorization: secret, cookie: secret } }, 'two');
    log.warn({ request: { headers: { authorization: secret } }, connection: { accessToken: secret } }, 'three');
    close();
    expect(text('backend.log')).not.toContain(secret);
    expect(text('backend.log').trimEnd().split('\n')).toHaveLength(3);
  });
});
