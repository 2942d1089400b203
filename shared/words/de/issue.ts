import type { Catalogue } from '../message';

export const issue: Catalogue['issue'] = {};
