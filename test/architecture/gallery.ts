/** What the gallery lacks: components without a story, and states of a component that no story shows. */

/** A component, and what its props can be. */
interface Component {
  file: string;
  /** Values of a prop that has a closed set of them, without its default. */
  values: readonly { prop: string; value: string }[];
  /** Props that are on or off. */
  switches: readonly string[];
}

const CLOSED = /^\s*(\w+)\??: ((?:'[\w-]+' \| )+'[\w-]+');/gm;
const SWITCH = /^\s*(\w+)\??: boolean(?: \| undefined)?;/gm;

/** What a component can be, read from the interface of its props. */
function readComponent(file: string, source: string): Component {
  const props = /interface Props[^{]*\{([^]*?)\n {2}\}/.exec(source)?.[1] ?? '';
  const values = [...props.matchAll(CLOSED)].flatMap(([, prop = '', union = '']) =>
    union
      .split(' | ')
      .map((value) => ({ prop, value: value.slice(1, -1) }))
      .filter(({ value }) => !source.includes(`${prop} = '${value}'`)),
  );
  return { file, values, switches: [...props.matchAll(SWITCH)].map(([, prop = '']) => prop) };
}

/**
 * @param components paths and sources of the components that a story must show
 * @param stories sources of the stories
 * @returns in words, one for each; empty: every component is shown with every value of its closed props, and with each
 *   of its switches
 */
export function missingStories(
  components: readonly (readonly [file: string, source: string])[],
  stories: readonly string[],
): string[] {
  return components.flatMap(([file, source]) => {
    const { values, switches } = readComponent(file, source);
    const name = /(\w+)\.svelte$/.exec(file)?.[1] ?? '';
    const shown = stories.filter((story) => story.includes(`components/${file.split('components/')[1] ?? ''}'`));
    if (shown.length === 0) return [`${name} has no story`];
    const text = shown.join('\n');
    return [
      ...values
        .filter(({ value }) => !new RegExp(`['"]${value}['"]`).test(text))
        .map(({ prop, value }) => `${name} is not shown with ${prop} ${value}`),
      ...switches
        .filter((prop) => !new RegExp(`\\b${prop}\\b`).test(text))
        .map((prop) => `${name} is not shown with ${prop}`),
    ];
  });
}
