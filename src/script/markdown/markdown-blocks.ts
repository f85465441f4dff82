/** A stretch of lines of a Markdown file that belong together. */
export interface MarkdownBlock {
  kind: 'paragraph' | 'heading' | 'break';
  /** Of a heading: 1 is the highest. */
  level: number;
  /** All of it is set in bold: `**MARA**`. */
  bold: boolean;
  /** Without marks, each as far as it stands on one line of the file, from 1. */
  lines: { number: number; words: string }[];
}

export interface MarkdownBlocks {
  blocks: MarkdownBlock[];
  /** What of it is no text to be told: tables, code. */
  leftOut: { line: number; what: 'a table' | 'code' | 'a footnote' }[];
}

/** What the parser says of a stretch of the text; those of its fields that are read here. */
interface Token {
  type: string;
  tag: string;
  map: [number, number] | null;
  children: Token[] | null;
  content: string;
  info: string;
}

/** Code fences that hold words for a film and no code. */
const FENCE_OF_WORDS = /^(?:|text|txt|fountain|screenplay|script|prose)$/i;
const FRONT_MATTER_END = /^(?:---|\.\.\.)\s*$/;
const FOOTNOTE = /^\[\^[^\]\s]{1,40}\]:/;

/**
 * A Markdown text as blocks of words, each word on its own line of the file. Lists, quotes and pages of HTML are the
 * paragraphs in them; words that are struck through are gone. Expects `\n` line ends.
 */
export async function markdownBlocks(text: string): Promise<MarkdownBlocks> {
  // Loaded here: most scripts are no Markdown, and every command would wait for it.
  const { default: MarkdownIt } = await import('markdown-it');
  // Four blanks before a line are an indent to people who write stories, not code.
  const parser = new MarkdownIt({ html: true }).disable('code');
  const tokens: Token[] = parser.parse(withoutFrontMatter(text), {});
  const found: MarkdownBlocks = { blocks: [], leftOut: [] };
  let inTable = false;
  let level = 0;
  for (const token of tokens) {
    const line = (token.map?.[0] ?? 0) + 1;
    if (token.type === 'table_open') found.leftOut.push({ line, what: 'a table' });
    if (token.type === 'table_open' || token.type === 'table_close') inTable = token.type === 'table_open';
    else if (inTable) continue;
    else if (token.type === 'heading_open') level = Number(token.tag.slice(1));
    else if (token.type === 'heading_close') level = 0;
    else if (token.type === 'hr') found.blocks.push({ kind: 'break', level: 0, bold: false, lines: [{ number: line, words: '* * *' }] });
    else if (token.type === 'fence' && !FENCE_OF_WORDS.test(token.info.trim())) found.leftOut.push({ line, what: 'code' });
    else if (token.type === 'fence') found.blocks.push(...plainBlocks(token.content, line + 1));
    else if (token.type === 'html_block') found.blocks.push(...plainBlocks(withoutTags(token.content), line));
    else if (token.type === 'inline' && FOOTNOTE.test(token.content)) found.leftOut.push({ line, what: 'a footnote' });
    else if (token.type === 'inline') found.blocks.push(blockOf(token, line, level));
  }
  return { ...found, blocks: found.blocks.filter(({ lines }) => lines.length > 0) };
}

/** Settings between lines of dashes at the top of a file, such as sites and notes keep there; their lines stay, empty. */
function withoutFrontMatter(text: string): string {
  if (!/^---[ \t]*\n/.test(text)) return text;
  const lines = text.split('\n');
  const end = lines.slice(1, 200).findIndex((line) => FRONT_MATTER_END.test(line)) + 1;
  const holdsSettings = lines.slice(1, end).every((line) => /^(?:[\w-]+\s*:|\s|-\s|#|$)/.test(line));
  return end === 0 || !holdsSettings ? text : [...lines.slice(0, end + 1).fill(''), ...lines.slice(end + 1)].join('\n');
}

function blockOf({ children }: Token, line: number, level: number): MarkdownBlock {
  const lines = [''];
  let struck = 0;
  let bold = 0;
  let plain = false;
  for (const { type, content } of children ?? []) {
    if (type === 's_open' || type === 's_close') struck += type === 's_open' ? 1 : -1;
    else if (type === 'strong_open' || type === 'strong_close') bold += type === 'strong_open' ? 1 : -1;
    else if (type === 'softbreak' || type === 'hardbreak') lines.push('');
    else if ((type === 'text' || type === 'code_inline') && struck === 0) {
      const words = content.replaceAll(/\[\^[^\]\s]{1,40}\]/g, '');
      if (bold === 0 && words.trim() !== '') plain = true;
      lines[lines.length - 1] += words;
    } else if (type === 'html_inline' && /^<br\s*\/?>$/i.test(content)) lines[lines.length - 1] += ' ';
  }
  const numbered = lines.map((words, index) => ({ number: line + index, words: words.trim() })).filter(({ words }) => words !== '');
  return { kind: level > 0 ? 'heading' : 'paragraph', level, bold: !plain, lines: numbered };
}

function plainBlocks(content: string, line: number): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let open: MarkdownBlock | undefined;
  for (const [index, words] of content.split('\n').entries()) {
    if (words.trim() === '') open = undefined;
    else if (open) open.lines.push({ number: line + index, words: words.trim() });
    else {
      open = { kind: 'paragraph', level: 0, bold: false, lines: [{ number: line + index, words: words.trim() }] };
      blocks.push(open);
    }
  }
  return blocks;
}

/** The words of a stretch of HTML, each on its line. Remarks and what is no text go whole. */
function withoutTags(html: string): string {
  const keepLines = (taken: string): string => taken.replaceAll(/[^\n]+/g, ' ');
  let kept = '';
  let from = 0;
  for (const { 0: opening, index } of html.matchAll(/<!--|<(?:script|style)\b/gi)) {
    if (index < from) continue;
    const closing = opening === '<!--' ? '-->' : `</${opening.slice(1).toLowerCase()}>`;
    const end = html.toLowerCase().indexOf(closing, index);
    const to = end < 0 ? html.length : end + closing.length;
    kept += html.slice(from, index) + keepLines(html.slice(index, to));
    from = to;
  }
  return (kept + html.slice(from)).replaceAll(/<\/?[a-z][^<>]*>/gi, keepLines);
}
