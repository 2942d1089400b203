import type { Catalogue } from '../message';

export const sync: Catalogue['sync'] = {};
