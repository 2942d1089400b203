import { parseJson, writeJson } from '../../../shared/domain/json';
import { draftOf, type ScenarioDraft } from './scenario-draft';

const STORED = 'laurel.scenario.customers';

/** The described customers of the last run; null where there was none. */
export function lastCustomers(): ScenarioDraft['customers'] {
  try {
    const stored = localStorage.getItem(STORED);
    return stored === null ? null : draftOf({ customers: parseJson(stored) }).customers;
  } catch {
    return null;
  }
}

export function rememberCustomers(customers: unknown): void {
  if (customers !== null && customers !== undefined) localStorage.setItem(STORED, writeJson(customers));
}
