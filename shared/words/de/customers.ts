import type { Catalogue } from '../message';

export const customers: Catalogue['customers'] = {};
