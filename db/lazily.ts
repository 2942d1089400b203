/**
 * Values that are made when they are first asked for, and kept. The queries of a store are: writing one out takes the
 * builder a millisecond in a process that has just begun, and a worker that awards a badge asks for a fifth of them.
 */
export function lazily<T extends object>(makers: { readonly [Name in keyof T]: () => T[Name] }): Readonly<T> {
  const made = {};
  for (const name of Object.keys(makers) as (keyof T & string)[]) {
    Object.defineProperty(made, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = makers[name]();
        Object.defineProperty(made, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return made as T;
}
