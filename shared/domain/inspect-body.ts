import { isObject } from './body-reader';
import { inspectBadge, type CreateContext, type Inspection } from './create-badge';
import { lintBadge } from './lint-badge';
import { misplacedBody } from './misplaced-body';

/**
 * Judges a body as {@link inspectBadge} does, for a person rather than for a gateway: a value that is no body is told
 * as what it is, and what no gateway would mention is a warning.
 */
export function inspectBody(body: unknown, context: CreateContext): Inspection {
  const misplaced = misplacedBody(body);
  if (misplaced !== null) return { definition: null, issues: [misplaced], warnings: [] };
  const inspection = inspectBadge(body, context);
  if (!isObject(body)) return inspection;
  return { ...inspection, warnings: [...inspection.warnings, ...lintBadge(body)] };
}
