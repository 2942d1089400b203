import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Resvg from '@resvg/resvg-wasm';

type Engine = typeof Resvg;

let engine: Promise<Engine> | null = null;

async function open(): Promise<Engine> {
  const module = await import('@resvg/resvg-wasm');
  await module.initWasm(readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return module;
}

/**
 * Draws a square SVG that holds everything it needs, by resvg, a WebAssembly of one build for all machines: the same bytes
 * everywhere. It reads neither files nor addresses, and knows no font.
 *
 * @param side of the picture, in pixels
 * @returns a PNG
 * @throws what the SVG's mistake is
 */
export async function drawPng(svg: string, side: number): Promise<Uint8Array> {
  const { Resvg: Drawing } = await (engine ??= open());
  const drawing = new Drawing(svg, { fitTo: { mode: 'width', value: side }, font: { loadSystemFonts: false } });
  try {
    const image = drawing.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}
