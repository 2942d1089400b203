import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';

/** Why a port could not be listened on, in words. */
export function portFailure(error: unknown, port: number): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Failure('conflict', message('practice.portTaken', { port: String(port) }));
  }
  if (code === 'EACCES') {
    return new Failure('conflict', message('practice.portReserved', { port: String(port) }));
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new Failure('internal', message('practice.couldNotStart', { reason }));
}
