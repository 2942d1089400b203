import type { Catalogue } from '../message';

export const practice: Catalogue['practice'] = {};
