import type { Component } from 'svelte';

const files = import.meta.glob<{ default: Component }>('./stories/*.svelte', { eager: true });

/** The pages of the gallery by name: each shows a few components in all their states. */
export const groups: Readonly<Record<string, Component>> = Object.fromEntries(
  Object.entries(files).map(([file, { default: stories }]) => [file.replace(/^.*\/(.*)\.svelte$/, '$1'), stories]),
);
