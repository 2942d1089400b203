import { instantOf } from '../../../shared/domain/instant';
import type { OrgSettings } from '../../../shared/domain/settings';
import type { FaultPlan } from '../../../shared/gateway/fault-plan';
import type { ActivityListener } from '../../../electron/backend/practice/activity';
import { Gate, type Credentials } from '../../../electron/backend/practice/credentials';
import { FaultInjector } from '../../../electron/backend/practice/server/faults';
import { PracticeOrg } from '../../../electron/backend/practice/org';
import type { Patience } from '../../../electron/backend/practice/server/broken-requests';
import type { BodyBudget } from '../../../electron/backend/practice/server/request-body';
import { PracticeServer } from '../../../electron/backend/practice/server/practice-server';

export const CREDENTIALS: Credentials = { user: 'tester', password: 'pass word: ü' };

export interface Served {
  url: string;
  port: number;
  org: PracticeOrg;
  /** Everything that no rule accounts for; must stay empty. */
  failures: unknown[];
  stop(): Promise<void>;
}

export interface ServeOptions {
  now?: string | null;
  file?: string | null;
  settings?: Partial<OrgSettings>;
  faults?: FaultPlan;
  credentials?: Credentials | null;
  onActivity?: ActivityListener;
  patience?: Patience;
  bodyBudget?: BodyBudget;
}

/** A real server over a real org, in this process. */
export async function serve(options: ServeOptions = {}): Promise<Served> {
  const now = options.now === undefined ? '2026-03-10T12:00:00Z' : options.now;
  const org = await PracticeOrg.open({
    file: options.file ?? null,
    settings: options.settings ?? {},
    now: now === null ? null : instantOf(now),
  });
  const failures: unknown[] = [];
  const server = new PracticeServer({
    org,
    gate: new Gate(options.credentials === undefined ? CREDENTIALS : options.credentials),
    faults: options.faults ? new FaultInjector(options.faults) : null,
    onActivity: options.onActivity ?? null,
    onFailure: (error) => failures.push(error),
    ...(options.patience && { patience: options.patience }),
    ...(options.bodyBudget && { bodyBudget: options.bodyBudget }),
  });
  const port = await server.listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    org,
    failures,
    stop: async () => {
      await server.close();
      org.close();
    },
  };
}

export const basic = ({ user, password }: Credentials): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
