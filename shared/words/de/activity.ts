import type { Catalogue } from '../message';

export const activity: Catalogue['activity'] = {};
