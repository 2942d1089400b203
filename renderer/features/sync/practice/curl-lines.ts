import { BASE_PATH } from '../../../../shared/gateway/base-path';
import { quoted } from '../../../../shared/ipc/shell-word';
import { toMilliseconds, type Instant } from '../../../../shared/domain/instant';
import { say } from '../../../lib/say.svelte';

/** A call that can be pasted into a terminal as it is. */
export interface CurlLine {
  id: string;
  title: string;
  text: string;
}

export interface CurlSource {
  url: string;
  credentials: { user: string; password: string } | null;
  now: Instant;
  startedOn: Instant;
  /** Makes request ids that were not used before. */
  answered: number;
  /** Makes names that were not used before. */
  badgeCount: number;
  /** The badge to claim and to award; null: there is none yet. */
  badge: { id: string; name: string } | null;
  /** `win32`, `darwin`, `linux` … */
  platform: string;
}

interface Request {
  method: 'GET' | 'POST';
  path: string;
  headers?: readonly string[];
  body?: unknown;
}

const TOKEN_PATH = '/v3/oauth/token/generate';
const YEAR_MILLISECONDS = 365 * 86_400_000;

/** Ready-made calls of the practice org: read, make, claim, award, and the way over a token. */
export function curlLines(source: CurlSource): CurlLine[] {
  const { url, credentials, now, startedOn, answered, badgeCount, badge, platform } = source;
  const quote = (text: string): string => quoted(text, platform);
  const login = credentials === null ? [] : ['-u', quote(`${credentials.user}:${credentials.password}`)];
  const line = ({ method, path, headers = [], body }: Request, proof: readonly string[] = login): string =>
    [
      'curl -sS',
      ...(method === 'GET' ? [] : ['-X', method]),
      ...proof,
      ...[...headers, ...(body === undefined ? [] : ['Content-Type: application/json'])].flatMap((header) => [
        '-H',
        quote(header),
      ]),
      ...(body === undefined ? [] : ['-d', quote(JSON.stringify(body))]),
      quote(`${url}${path}`),
    ].join(' ');
  const day = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 10)}T00:00:00Z`;
  const fresh = `${String(Math.floor(toMilliseconds(startedOn) / 1000))}-${String(answered + 1)}`;
  const owner = { ownerType: 'Loyalty', referenceId: '626' };

  const lines: CurlLine[] = [
    { id: 'list', title: say('practice.curlList'), text: line({ method: 'GET', path: `${BASE_PATH}/badgeMeta` }) },
    {
      id: 'create',
      title: say('practice.curlMake'),
      text: line({
        method: 'POST',
        path: `${BASE_PATH}/badgeMeta`,
        headers: ['X-CAP-BADGES-MIGRATION: MIGRATION'],
        body: {
          name: say('practice.curlBadgeName', { number: String(badgeCount + 1) }),
          startOn: day(toMilliseconds(now)),
          expiresOn: day(toMilliseconds(now) + YEAR_MILLISECONDS),
          earnType: 'EARN',
          earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'DAYS', value: 30 },
          ownership: { restrictedToOwners: ['Loyalty'] },
        },
      }),
    },
  ];
  if (badge !== null) {
    lines.push(
      {
        id: 'claim',
        title: say('practice.curlClaim', { badge: badge.name }),
        text: line({ method: 'POST', path: `${BASE_PATH}/badgeMeta/${badge.id}/claim`, body: owner }),
      },
      {
        id: 'award',
        title: say('practice.curlAward', { badge: badge.name }),
        text: line({
          method: 'POST',
          path: `${BASE_PATH}/customer/earn`,
          body: { badgeMetaId: badge.id, customerId: 1, requestId: `practice-${fresh}`, triggeredBy: owner },
        }),
      },
    );
  }
  if (credentials !== null) {
    const { user, password } = credentials;
    lines.push(
      {
        id: 'token',
        title: say('practice.curlToken'),
        text: line({ method: 'POST', path: TOKEN_PATH, body: { key: user, secret: password } }, []),
      },
      {
        id: 'with-token',
        title: say('practice.curlWithToken'),
        text: line(
          { method: 'GET', path: `${BASE_PATH}/badgeMeta`, headers: ['X-CAP-API-OAUTH-TOKEN: ACCESS_TOKEN'] },
          [],
        ),
      },
    );
  }
  return lines;
}
