import { Failure } from '../../../../shared/ipc/errors';

/** Why a port could not be listened on, in words. */
export function portFailure(error: unknown, port: number): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Failure(
      'conflict',
      `Port ${port} is taken by another program. Choose another port, or 0 for any free one.`,
    );
  }
  if (code === 'EACCES') {
    return new Failure(
      'conflict',
      `Port ${port} is reserved by the system. Choose one of 1024 or more, or 0 for any free one.`,
    );
  }
  return new Failure(
    'internal',
    `The practice org could not start: ${error instanceof Error ? error.message : String(error)}`,
  );
}
