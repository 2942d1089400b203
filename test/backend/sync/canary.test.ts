import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { canaryForms, formsIn } from './canary-forms';
import { OWNER } from '../../domain/badge-bodies';
import { envelope, hostileGateway, json } from './hostile-gateway';
import { laurel, type Laurel } from './laurel';
import { createLive, CREDENTIALS, startOrg } from './practice-org';

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });
}

/** Everything the ledger holds, as a page would be shown it: bodies lie deflated on disk. */
async function ledgerText(here: Laurel): Promise<string> {
  const parts: string[] = [];
  for (let offset = 0; ; offset += 500) {
    const { rows } = await here.call('activity.list', { offset, limit: 500 });
    if (rows.length === 0) return parts.join('\n');
    for (const { id } of rows) parts.push(JSON.stringify(await here.call('activity.get', { id })));
  }
}

async function useEverything(
  here: Laurel,
  url: string,
  badge: string,
  auth: 'basic' | 'oauth',
  kept: unknown[],
): Promise<void> {
  const { id } = await here.connect(url, { name: `Org by ${auth}`, chunkSize: 20 }, auth);
  kept.push(await here.call('connections.test', { id }), await here.call('connections.list', {}));
  kept.push(await here.job('sync.pull', { connectionId: id }));
  const draft = await here.draft({ name: `Draft ${auth}` });
  kept.push(await here.push(id, draft));
  const job = await here.call('liveJobs.start', {
    ...{
      connectionId: id,
      remoteBadgeId: badge,
      action: 'award',
      owner: OWNER,
      customers: { kind: 'range', from: 1, to: 100 },
    },
  });
  kept.push(await here.until(job.id));
  const results = here.saveTarget(`results-${auth}.csv`);
  await here.job('liveJobs.export', { id: job.id, target: results.token });
  const activity = here.saveTarget(`activity-${auth}.csv`);
  await here.job('activity.export', { connectionId: id, target: activity.token });
}

test('the canary is found nowhere: workspace, ledger, logs, exports, answers, errors', async () => {
  const org = await startOrg();
  onTestFinished(() => org.stop());
  const badge = createLive(org);
  org.call('POST', `badgeMeta/${badge}/claim`, OWNER);
  const here = await laurel();
  const kept: unknown[] = [];
  await useEverything(here, org.url, badge, 'basic', kept);
  await useEverything(here, org.url, badge, 'oauth', kept);

  // A gateway that says back whatever it was told, in bodies, headers and errors.
  const tokens: string[] = [];
  const echo = async (
    answer: (said: string, response: ServerResponse) => void,
    auth: 'basic' | 'oauth',
  ): Promise<void> => {
    const gateway = await hostileGateway((request: IncomingMessage, response) => {
      if (request.url?.includes('/oauth/')) {
        const accessToken = `token-of-the-canary-${String(tokens.length)}`;
        tokens.push(accessToken);
        json(response, envelope({ accessToken, ttlSeconds: 3600 }));
        return;
      }
      const said = request.headers.authorization ?? String(request.headers['x-cap-api-oauth-token']);
      const decoded = Buffer.from(said.replace('Basic ', ''), 'base64').toString('utf8');
      answer(`${said} ${auth === 'basic' ? decoded : ''}`, response);
    });
    onTestFinished(() => gateway.stop());
    const { id } = await here.connect(gateway.url, { name: `Echo ${gateway.url}` }, auth);
    kept.push(await here.call('connections.test', { id }));
    kept.push(await here.job('sync.pull', { connectionId: id }).catch((error: unknown) => String(error)));
  };
  for (const auth of ['basic', 'oauth'] as const) {
    await echo(
      (said, response) => json(response, { data: null, errors: [{ code: 400, message: said, reference: said }] }, 400),
      auth,
    );
    await echo((said, response) => {
      response.setHeader(
        'x-echo',
        Buffer.from(said, 'utf8')
          .toString('latin1')
          .replaceAll(/[^\x20-\x7e]/g, '?'),
      );
      response.setHeader('set-cookie', 'session=abcdefgh');
      response.end(said);
    }, auth);
  }
  const silent = await hostileGateway((request, response) => {
    // The sign-in itself says the secret back.
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => json(response, { data: null, errors: [{ code: 1, message: body, reference: body }] }, 500));
  });
  onTestFinished(() => silent.stop());
  const { id: silentId } = await here.connect(silent.url, { name: 'Silent' }, 'oauth');
  kept.push(await here.call('connections.test', { id: silentId }));
  kept.push(await ledgerText(here));
  expect(String(kept.at(-1))).toContain('(secret)');
  await here.close();

  const forms = canaryForms(CREDENTIALS, tokens);
  expect(formsIn(Buffer.from(JSON.stringify(kept)), forms)).toEqual([]);
  expect(filesBelow(here.folder).filter((file) => formsIn(readFileSync(file), forms).length > 0)).toEqual([]);
  // The search finds what is there.
  expect(filesBelow(here.folder).some((file) => readFileSync(file).includes('Org by oauth'))).toBe(true);
  expect(filesBelow(here.folder).map((file) => path.basename(file))).toEqual(
    expect.arrayContaining(['test.laurel', 'backend.log', 'results-oauth.csv', 'activity-basic.csv']),
  );
});
