/** The index of docs/decisions, held to the pages beside it. */

/**
 * @param index text of the index: a line `- [NNNN](file.md) Title` for each page
 * @param pages first line of each page, by its file name
 * @returns one sentence for each difference
 */
export function indexMistakesOf(index: string, pages: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const listed: string[] = [];
  for (const [line, number, file, title] of index.matchAll(/^- \[(\d{4})\]\(([^)]+)\) (.+)$/gm)) {
    listed.push(file!);
    const heading = pages.get(file!);
    if (heading === undefined) found.push(`“${line}” names a page that is not there`);
    else if (!file!.startsWith(`${number!}-`)) found.push(`“${line}” has another number than its page`);
    else if (titleOf(heading) !== title)
      found.push(`${file!} is called “${titleOf(heading)}”, in the index “${title!}”`);
  }
  for (const [file, heading] of pages) {
    if (!listed.includes(file))
      found.push(`the index lacks the line “- [${file.slice(0, 4)}](${file}) ${titleOf(heading)}”`);
  }
  if (listed.join() !== [...new Set(listed)].sort().join()) found.push('the index is not in the order of its numbers');
  const numbers = [...pages.keys()].map((file) => file.slice(0, 4));
  for (const number of numbers.filter((each, place) => numbers.indexOf(each) !== place))
    found.push(`two pages have the number ${number}`);
  return found;
}

/** What a page's first line says without its number. */
function titleOf(heading: string): string {
  return heading.replace(/^#\s*\d+\s*[.·–-]?\s*/, '').trim();
}
