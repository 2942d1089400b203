import type { Catalogue } from '../message';

export const live: Catalogue['live'] = {};
