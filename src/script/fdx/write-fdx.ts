import type { EmphasisSpan, Screenplay, ScreenplayElement } from '../screenplay/screenplay.ts';
import { TYPE_OF_KIND } from './paragraph-types.ts';

/**
 * A screenplay as a Final Draft file (FDX 5). Remarks, cut words and page breaks stay out of it; centred lines are general
 * paragraphs, the outline is Final Draft's. A title page goes along line by line.
 */
export function screenplayToFdx({ titlePage, elements }: Screenplay): string {
  const paragraphs: string[] = [];
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at];
    if (element === undefined) continue;
    if (element.kind === 'character' && element.side === 'left') {
      const pair = dualFrom(elements, at);
      paragraphs.push(['    <Paragraph>', '      <DualDialogue>', ...pair.filter((one) => isWritten(one)).map((one) => `        ${paragraphOf(one)}`), '      </DualDialogue>', '    </Paragraph>'].join('\n'));
      at += pair.length - 1;
    } else if (isWritten(element)) paragraphs.push(`    ${paragraphOf(element)}`);
  }
  const page = titlePage.flatMap(({ values }) => values).map((value) => `      <Paragraph Alignment="Center" Type="General"><Text>${escaped(value)}</Text></Paragraph>`);
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>',
    '<FinalDraft DocumentType="Script" Template="No" Version="5">',
    '  <Content>',
    ...paragraphs,
    '  </Content>',
    ...(page.length === 0 ? [] : ['  <TitlePage>', '    <Content>', ...page, '    </Content>', '  </TitlePage>']),
    '</FinalDraft>',
    '',
  ].join('\n');
}

/** Both speeches that are spoken together, with the remarks between them. */
function dualFrom(elements: readonly ScreenplayElement[], from: number): ScreenplayElement[] {
  const pair: ScreenplayElement[] = [];
  for (const [index, element] of elements.slice(from, from + 500).entries()) {
    const { kind } = element;
    if (kind === 'character' ? index > 0 && element.side !== 'right' : kind !== 'dialogue' && kind !== 'parenthetical' && kind !== 'lyrics' && isWritten(element)) break;
    pair.push(element);
  }
  while (pair.length > 0 && !isWritten(pair.at(-1))) pair.pop();
  return pair;
}

function isWritten(element: ScreenplayElement | undefined): boolean {
  return element !== undefined && element.kind !== 'note' && element.kind !== 'boneyard' && element.kind !== 'page-break';
}

function paragraphOf(element: ScreenplayElement): string {
  const { kind } = element;
  const type = kind === 'section' ? `Outline ${Math.min(element.level, 9)}` : kind === 'note' || kind === 'boneyard' || kind === 'page-break' ? 'General' : TYPE_OF_KIND[kind];
  const number = kind === 'heading' && element.sceneNumber !== undefined ? ` Number="${escaped(element.sceneNumber)}"` : '';
  const centred = kind === 'centered' ? ' Alignment="Center"' : '';
  const runs = kind === 'parenthetical' ? `<Text>(</Text>${runsOf(element)}<Text>)</Text>` : runsOf(element);
  return `<Paragraph${centred}${number} Type="${type}">${runs}</Paragraph>`;
}

/** A run for every stretch of one style. */
function runsOf({ text, emphasis }: { text: string; emphasis: readonly EmphasisSpan[] }): string {
  const edges = [...new Set([0, text.length, ...emphasis.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return edges
    .slice(0, -1)
    .map((start, index) => {
      const end = edges[index + 1] ?? text.length;
      const over = new Set(emphasis.filter((span) => span.start <= start && span.end >= end).map(({ style }) => style));
      const bold = over.has('bold') || over.has('bold-italic');
      const italic = over.has('italic') || over.has('bold-italic');
      const style = [...(bold ? ['Bold'] : []), ...(italic ? ['Italic'] : []), ...(over.has('underline') ? ['Underline'] : [])].join('+');
      return `<Text${style === '' ? '' : ` Style="${style}"`}>${escaped(text.slice(start, end))}</Text>`;
    })
    .join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** What XML cannot hold at all, not even as a number. */
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escaped(text: string): string {
  return text.replaceAll(ILLEGAL, '').replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
