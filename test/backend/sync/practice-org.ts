import { Gate, type Credentials } from '../../../electron/backend/practice/credentials';
import { FaultInjector } from '../../../electron/backend/practice/server/faults';
import { PracticeOrg } from '../../../electron/backend/practice/org';
import { PracticeServer } from '../../../electron/backend/practice/server/practice-server';
import type { GatewayActivity } from '../../../electron/backend/practice/activity';
import type { OrgSettings } from '../../../shared/domain/settings';
import { fromMilliseconds } from '../../../shared/domain/instant';
import type { OrgStore } from '../../../db/org/org-store';
import { faultPlan } from '../../../shared/gateway/fault-plan';
import { answerRequest } from '../../../shared/gateway/router';
import { badgeBody, LIVE, OWNER, owners } from '../../domain/badge-bodies';
import type { BadgeBody } from '../../../shared/domain/templates';
import { CANARY } from './canary-forms';

/** What every connection of a test proves itself with; its password is the canary that must be found nowhere. */
export const CREDENTIALS: Credentials = CANARY;

/** A practice org with the machine's clock, served over HTTP in this process. */
export interface TestOrg {
  url: string;
  store: OrgStore;
  activity: GatewayActivity[];
  /** What goes wrong from now on; none: all is well again. */
  setFaults(...rules: Record<string, unknown>[]): void;
  /** Calls the org as somebody else would, past HTTP and faults. */
  call(method: string, path: string, body?: unknown): { status: number; body: unknown };
  /** Changes a badge as somebody else would. */
  edit(id: string, changes: Record<string, unknown>): void;
  stop(): Promise<void>;
}

const BASE = '/api_gateway/v1/badges/';

/** A create body of a badge that is live now. */
export function liveBody(changes: BadgeBody = {}): BadgeBody {
  return badgeBody({ ...LIVE, ...owners('Loyalty', 'Milestones'), ...changes });
}

export async function startOrg(
  seed = 1,
  file: string | null = null,
  settings: Partial<OrgSettings> = {},
): Promise<TestOrg> {
  const org = await PracticeOrg.open({ file, settings, now: null });
  const activity: GatewayActivity[] = [];
  const failures: unknown[] = [];
  const server = new PracticeServer({
    org,
    gate: new Gate(CREDENTIALS),
    faults: null,
    onActivity: (entry) => activity.push(entry),
    onFailure: (error) => failures.push(error),
  });
  const port = await server.listen(0);
  const call: TestOrg['call'] = (method, path, body) => {
    const request = {
      method,
      path: `${BASE}${path}`,
      query: {},
      headers: { 'x-cap-badges-migration': 'migration' },
      body: body === undefined ? '' : JSON.stringify(body),
    };
    const answer = answerRequest(org.store, request, { now: fromMilliseconds(Date.now()), newBatchId: () => 'batch' });
    // Raw numbers become what they are on the wire.
    return { status: answer.status, body: JSON.parse(JSON.stringify(answer.body)) as unknown };
  };
  return {
    url: `http://127.0.0.1:${port}`,
    get store() {
      return org.store;
    },
    activity,
    setFaults: (...rules) =>
      server.setFaults(rules.length === 0 ? null : new FaultInjector(faultPlan.parse({ seed, rules }))),
    call,
    edit: (id, changes) => {
      const read = call('GET', `badgeMeta/${id}`).body as { data: Record<string, unknown> };
      const { startOnISO: _start, expiresOnISO: _end, ...badge } = read.data;
      const answer = call('PUT', 'badgeMeta', { ...badge, ...changes });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    },
    stop: async () => {
      await server.close();
      org.close();
      if (failures.length > 0) throw new Error(`The org failed: ${failures.map(String).join('; ')}`);
    },
  };
}

/** Creates a badge in the org as somebody else would; returns its id. */
export function createLive(org: TestOrg, changes: Record<string, unknown> = {}): string {
  const answer = org.call('POST', 'badgeMeta', liveBody(changes));
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return (answer.body as { data: { id: string } }).data.id;
}

/** The owner for whom badges of these tests are claimed. */
/** A live badge in the org, claimed. @returns its id */
export function createClaimed(org: TestOrg, changes: Record<string, unknown> = {}): string {
  const id = createLive(org, changes);
  org.call('POST', `badgeMeta/${id}/claim`, OWNER);
  return id;
}
