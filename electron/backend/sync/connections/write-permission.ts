import type { StoredConnection } from '../../../../db/workspace/connections';
import { Failure } from '../../../../shared/ipc/errors';
import type { OrgSessions } from '../client/org-sessions';
import { message } from '../../../../shared/words/message';

/** Whether Laurel may change anything in an org now: production only after a person unlocked it. */
export function isWritable(connection: StoredConnection, sessions: OrgSessions): boolean {
  return connection.kind !== 'production' || sessions.of(connection).isUnlocked;
}

/**
 * Lets a write pass: for production the org must be unlocked and its name typed once more.
 *
 * @throws Failure `conflict` (locked), `invalid-input` (another name); nothing was sent then
 */
export function requireWritable(
  connection: StoredConnection,
  sessions: OrgSessions,
  typedName: string | undefined,
): void {
  if (!isWritable(connection, sessions)) {
    throw new Failure('conflict', message('connections.locked', { name: connection.name }));
  }
  if (connection.kind === 'production') requireName(connection, typedName);
}

/** @throws Failure `invalid-input` */
export function requireName(connection: StoredConnection, typedName: string | undefined): void {
  if (typedName === connection.name) return;
  throw new Failure('invalid-input', message('connections.typeName', { name: connection.name }));
}
