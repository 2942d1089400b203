/** An SVG as an address that an `img` shows; nothing in it can act there. */
export const pictureAddress = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
