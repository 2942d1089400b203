import type { Catalogue } from '../message';

export const phrases: Catalogue['phrases'] = {};
