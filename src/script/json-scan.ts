/** Where something stands in the JSON text: UTF-16 offsets, `end` exclusive. */
export interface JsonSpan {
  start: number;
  end: number;
}

export type JsonNode = JsonSpan &
  (
    | { kind: 'value'; value: string | number | boolean | null }
    | { kind: 'array'; items: JsonNode[] }
    | { kind: 'object'; members: { key: string; node: JsonNode }[] }
  );

/** Why a text is no JSON, and where. */
export class JsonScanError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const MAX_DEPTH = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Reads JSON as `JSON.parse` does, and keeps where each value stands, which a shot list needs for its shots and its errors
 * (Node's own messages lack the position in some cases). Stricter in three points: no key twice, no more than 64 levels, no number without end (`1e309`).
 * @throws JsonScanError
 */
export function scanJson(text: string): JsonNode {
  let at = 0;

  const fail = (message: string, offset = at): never => {
    throw new JsonScanError(message, offset);
  };
  const found = () => (at >= text.length ? 'the end of the file' : JSON.stringify(text.slice(at, at + 12).split('\n')[0] || '\n'));
  const skipBlanks = () => {
    while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const words = pattern.exec(text)?.[0];
    if (words !== undefined) at += words.length;
    return words;
  };

  function string(): string {
    const start = at;
    at += 1;
    for (;;) {
      while (at < text.length && text[at] !== '"' && text[at] !== '\\' && text.charCodeAt(at) >= 0x20) at += 1;
      if (text[at] === '"') {
        at += 1;
        return JSON.parse(text.slice(start, at)) as string;
      }
      if (text[at] === '\\') {
        if (match(ESCAPE) === undefined) fail(`a text holds ${JSON.stringify(text.slice(at, at + 2))}, which JSON does not know; write a backslash as \\\\`);
      } else if (at >= text.length) fail('a text is not closed with "', start);
      else fail('a text runs over the end of its line; write \\n where a line ends');
    }
  }

  function array(depth: number, start: number): JsonNode {
    at += 1;
    const items: JsonNode[] = [];
    skipBlanks();
    if (text[at] !== ']') {
      for (;;) {
        items.push(value(depth + 1));
        skipBlanks();
        if (text[at] === ']') break;
        if (text[at] !== ',') fail(`found ${found()} where "," or "]" should be`);
        at += 1;
        skipBlanks();
        if (text[at] === ']') fail('there is a comma before "]"');
      }
    }
    at += 1;
    return { kind: 'array', items, start, end: at };
  }

  function object(depth: number, start: number): JsonNode {
    at += 1;
    const members: { key: string; node: JsonNode }[] = [];
    const seen = new Set<string>();
    skipBlanks();
    if (text[at] !== '}') {
      for (;;) {
        if (text[at] !== '"') fail(`found ${found()} where a name in double quotes should be`);
        const keyAt = at;
        const key = string();
        if (seen.has(key)) fail(`${JSON.stringify(key)} is given twice`, keyAt);
        seen.add(key);
        skipBlanks();
        if (text[at] !== ':') fail(`found ${found()} where ":" should be`);
        at += 1;
        members.push({ key, node: value(depth + 1) });
        skipBlanks();
        if (text[at] === '}') break;
        if (text[at] !== ',') fail(`found ${found()} where "," or "}" should be`);
        at += 1;
        skipBlanks();
        if (text[at] === '}') fail('there is a comma before "}"');
      }
    }
    at += 1;
    return { kind: 'object', members, start, end: at };
  }

  function value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) fail(`more than ${MAX_DEPTH} levels deep`);
    skipBlanks();
    const start = at;
    const first = text[at];
    if (first === '[') return array(depth, start);
    if (first === '{') return object(depth, start);
    if (first === '"') return { kind: 'value', value: string(), start, end: at };
    for (const [word, meaning] of [['true', true], ['false', false], ['null', null]] as const) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return { kind: 'value', value: meaning, start, end: at };
      }
    }
    const number = match(NUMBER);
    if (number === undefined) return fail(`found ${found()} where a value should be`);
    // JSON.parse makes infinity of it, which is no number of anything, and null when it is written again.
    if (!Number.isFinite(Number(number))) fail(`${number.slice(0, 40)} is a larger number than can be counted with`, start);
    return { kind: 'value', value: Number(number), start, end: at };
  }

  const root = value(1);
  skipBlanks();
  if (at < text.length) fail(`found ${found()} after the end of the list`);
  return root;
}

/** The value as `JSON.parse` would give it. */
export function jsonValueOf(node: JsonNode): unknown {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'array') return node.items.map(jsonValueOf);
  return Object.fromEntries(node.members.map(({ key, node: member }) => [key, jsonValueOf(member)]));
}
