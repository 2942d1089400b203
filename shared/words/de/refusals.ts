import type { Catalogue } from '../message';

export const refusals: Catalogue['refusals'] = {};
