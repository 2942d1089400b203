import type { Catalogue } from '../message';

export const failures: Catalogue['failures'] = {};
