import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCommandLine } from '../../setup/command-line-once';
import { startGatewayProcess } from './gateway-process';
import { basic, CREDENTIALS } from './serve';
import { badgeBody, LIVE } from '../../domain/badge-bodies';

/** `npm run fuzz -- kill` asks for more. */
const KILLS = Number(process.env['LAUREL_KILLS'] ?? 5);
const CUSTOMERS_A_CALL = 40;
const BASE = '/api_gateway/v1/badges';
const headers = {
  authorization: basic(CREDENTIALS),
  'content-type': 'application/json',
  'x-cap-badges-migration': 'migration',
};
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-kill-'));
  return bundleCommandLine();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function send(
  url: string,
  method: string,
  call: string,
  body?: unknown,
): Promise<{ data: Record<string, unknown> | null; errors: { code: number }[] | null }> {
  const response = await fetch(url + BASE + call, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Awaited<ReturnType<typeof send>>;
}

/** Keeps bulk awards coming until the process is gone, and returns the request ids that were answered. */
async function load(url: string, badgeMetaId: string, prefix: string, onAnswer: () => void): Promise<string[]> {
  const answered: string[] = [];
  const customerIds = Array.from({ length: CUSTOMERS_A_CALL }, (_, index) => index + 1);
  const lane = async (name: number): Promise<void> => {
    for (let turn = 0; ; turn += 1) {
      const requestId = `${prefix}-${name}-${turn}`;
      try {
        const answer = await send(url, 'POST', '/customer/earnBulk', {
          badgeMetaId,
          customerIds,
          requestId,
          triggeredBy: { ownerType: 'Loyalty', referenceId: '1' },
        });
        expect(answer).toMatchObject({ data: { earnedCount: CUSTOMERS_A_CALL } });
        answered.push(requestId);
        onAnswer();
      } catch (error) {
        if (error instanceof TypeError) return;
        throw error;
      }
    }
  };
  await Promise.all([lane(1), lane(2), lane(3)]);
  return answered;
}

test(
  `killed ${KILLS} times while awards are written, it keeps what it answered and nothing by halves`,
  async () => {
    const file = path.join(folder, 'practice.laurel-org');
    const args = ['--data', file, '--user', CREDENTIALS.user, '--password', CREDENTIALS.password];
    const answered = new Set<string>();
    let badgeMetaId = '';
    for (let round = 0; round < KILLS; round += 1) {
      const gateway = await startGatewayProcess(...args);
      if (badgeMetaId === '') {
        const created = await send(gateway.url, 'POST', '/badgeMeta', badgeBody(LIVE));
        badgeMetaId = String(created.data?.['id']);
        await send(gateway.url, 'POST', `/badgeMeta/${badgeMetaId}/claim`, { ownerType: 'Loyalty', referenceId: '1' });
      }
      // Somewhere in the writing: the instant differs from round to round.
      let isDoomed = false;
      const doom = (): void => {
        if (isDoomed) return;
        isDoomed = true;
        setTimeout(() => gateway.child.kill('SIGKILL'), (round * 37) % 90);
      };
      for (const requestId of await load(gateway.url, badgeMetaId, `round${round}`, doom)) answered.add(requestId);
      expect(await gateway.ended).toBe('SIGKILL');
    }
    expect(answered.size).toBeGreaterThanOrEqual(KILLS);

    const connection = new Database(file);
    try {
      expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(connection.pragma('foreign_key_check')).toEqual([]);
      const kept = connection
        .prepare<[], { request_id: string; awards: number }>(
          `SELECT request_id, (SELECT count(*) FROM awards WHERE request_key = requests.key) AS awards FROM requests`,
        )
        .all();
      for (const row of kept) expect(row.awards, row.request_id).toBe(CUSTOMERS_A_CALL);
      const ids = new Set(kept.map((row) => row.request_id));
      expect([...answered].filter((id) => !ids.has(id))).toEqual([]);
      expect(ids.size).toBe(kept.length);
      const { earned_count: counted } = connection
        .prepare<[], { earned_count: number }>('SELECT earned_count FROM badges')
        .get() ?? { earned_count: -1 };
      expect(counted).toBe(kept.length * CUSTOMERS_A_CALL);
    } finally {
      connection.close();
    }

    // It opens again and knows every id that it answered.
    const gateway = await startGatewayProcess(...args);
    const [known = ''] = answered;
    const again = await send(gateway.url, 'POST', '/customer/earn', {
      badgeMetaId,
      customerId: 5,
      requestId: known,
      triggeredBy: { ownerType: 'Loyalty', referenceId: '1' },
    });
    expect(again.errors?.map((error) => error.code)).toEqual([809]);
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
  },
  60_000 + KILLS * 12_000,
);
