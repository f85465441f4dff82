const COMPILED = new Map<string, RegExp>();

/** A pattern made of a language's words, compiled once: a prompt is short, and compiling took longer than reading it. */
export function compiled(source: string, flags: string): RegExp {
  const key = `${flags}/${source}`;
  const known = COMPILED.get(key);
  if (known !== undefined) return known;
  const pattern = new RegExp(source, flags);
  COMPILED.set(key, pattern);
  return pattern;
}
