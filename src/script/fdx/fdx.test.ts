import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../lib/errors.ts';
import { readFountain } from '../fountain/read-fountain.ts';
import type { Screenplay } from '../screenplay/screenplay.ts';
import { readFdx } from './read-fdx.ts';
import { screenplayToFdx } from './write-fdx.ts';

const film = (paragraphs: string) => `<?xml version="1.0"?>\n<FinalDraft Version="5">\n<Content>\n${paragraphs}\n</Content>\n</FinalDraft>`;
const said = (paragraphs: string) => readFdx(film(paragraphs)).elements.map(({ kind, text }) => `${kind}: ${text}`);

function refusal(xml: string): StudioError {
  try {
    readFdx(xml, 'film.fdx');
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('a Final Draft file', () => {
  it('gives runs as one text, with blanks and emphasis, and characters by number', () => {
    const [element] = readFdx(film('<Paragraph Type="Action"><Text>The </Text><Text Style="Bold+Underline">caf&#233;</Text><Text> &#x1F600; &amp; more</Text></Paragraph>')).elements;
    expect(element).toMatchObject({ kind: 'action', text: 'The café \u{1F600} & more', emphasis: [{ style: 'underline', start: 4, end: 8 }, { style: 'bold', start: 4, end: 8 }], lines: [4] });
  });

  it('keeps words of a speech that nobody is named for, and types that people made themselves', () => {
    expect(said('<Paragraph Type="Dialogue"><Text>Who?</Text></Paragraph><Paragraph Type="My Type"><Text>x</Text></Paragraph><Paragraph><Text>y</Text></Paragraph>')).toEqual(['dialogue: Who?', 'general: x', 'general: y']);
  });

  it('names where each paragraph stands in its XML', () => {
    const xml = film('<Paragraph Type="Action">\n<Text>A</Text>\n</Paragraph>\n<Paragraph Type="Action"><Text>B</Text></Paragraph>');
    expect(readFdx(xml).elements.map(({ source }) => [source.startLine, source.endLine, xml.slice(source.start, source.end).startsWith('<Paragraph'), xml.slice(source.start, source.end).endsWith('</Paragraph>')])).toEqual([[4, 6, true, true], [7, 7, true, true]]);
  });
});

describe('a file that is none is refused with its line and the reason', () => {
  it.each([
    ['not XML', 'Hello.', 1, 'does not begin as XML'],
    ['nothing', '', 1, 'holds no XML'],
    ['another document', '\n<html><body/></html>', 2, '<html> begins no Final Draft document'],
    ['no content', '<FinalDraft>\n</FinalDraft>', 1, 'has no <Content>'],
    ['a tag left open', film('<Paragraph Type="Action"><Text>A</Paragraph>'), 4, '</Paragraph> comes where </Text> is due'],
    ['a file cut short', '<FinalDraft>\n<Content>\n<Paragraph Type="Action"><Text>A', 3, '<Text> is never closed'],
    ['a tag cut short', '<FinalDraft>\n<Content', 2, 'a tag is broken'],
    ['an attribute without quotes', film('<Paragraph Type=Action><Text>A</Text></Paragraph>'), 4, 'a tag is broken'],
    ['a bare ampersand', film('<Paragraph Type="Action"><Text>A & B</Text></Paragraph>'), 4, 'an & stands alone'],
    ['an entity nobody knows', film('<Paragraph Type="Action"><Text>\n&boom;</Text></Paragraph>'), 5, '&boom; is no character'],
    ['a character that is none', film('<Paragraph Type="Action"><Text>&#0;</Text></Paragraph>'), 4, '&#0; is no character'],
    ['an entity bomb', '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<FinalDraft><Content>&b;</Content></FinalDraft>', 2, 'defines entities'],
    ['a trap of depth', '<a>'.repeat(100_000), 1, 'nested more than 100 deep'],
    ['two documents', '<FinalDraft><Content/></FinalDraft>\n<FinalDraft/>', 2, 'behind the end'],
    ['a comment without its end', '<FinalDraft>\n<!-- \n', 2, 'a comment does not end'],
  ])('%s', (_, xml, line, reason) => {
    const { code, message, next, detail } = refusal(xml);
    expect({ code, line: (detail as { line: number }).line }).toEqual({ code: 'SCRIPT_BAD_FDX', line });
    expect(message).toContain(`line ${line}: `);
    expect(message).toContain(reason);
    expect(next).toContain('save it again');
  });

  it('any text is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<FinalDraft>', '<Content>', '</Content>', '</FinalDraft>', '<Paragraph Type="Action">', '<Text>', '</Text>', '</Paragraph>', '<DualDialogue>', '&amp;', '&', '<', '>', '"', "'", '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE', '\n', ' a="b"', 'x', '/>'), { maxLength: 30 }), (parts) => {
        try {
          readFdx(parts.join(''));
        } catch (error) {
          expect(error).toMatchObject({ code: 'SCRIPT_BAD_FDX' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['<', '<a ', '<a b="', '&', ' ', '<!--', 'a="b" '])('a megabyte of %j takes no time', (unit) => {
    const before = process.cpuUsage();
    refusal(`<FinalDraft>${unit.repeat(1_000_000 / unit.length)}`);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000);
  });
});

describe('a screenplay written as FDX', () => {
  /** What both formats can say. */
  function shared({ elements }: Screenplay) {
    return elements
      .filter(({ kind }) => kind !== 'note' && kind !== 'boneyard' && kind !== 'page-break')
      .map(({ source: _source, lines: _lines, emphasis: _emphasis, ...rest }) => rest);
  }

  it('writes every line once when a remark stands between two who speak together', () => {
    const xml = screenplayToFdx(readFountain('TOM\nOne.\n\nMARA ^\nTwo. [[loud]]\nThree.\n'));
    expect(readFdx(xml).elements.filter(({ kind }) => kind === 'dialogue').map(({ text }) => text)).toEqual(['One.', 'Two.\nThree.']);
  });

  it('says the same when it is read again', () => {
    const line = fc.constantFrom('', '', 'INT. HOUSE - DAY #4#', 'MARA (V.O.) (CONT’D)', 'TOM ^', '(beat)', 'Tom & <Ada> say "so".', '*He* runs', '> THE END <', '~ La', '# Act', '= Told', 'CUT TO:', '[[note]]', '===', '\tIndented', '\u{1F600}\u0007');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 16 }), (lines) => {
        // A control character cannot be written in XML; lyrics of nobody right behind a speech become its own.
        const once = readFountain(lines.join('\n').replaceAll('\u0007', ''));
        fc.pre(!once.elements.some((element) => element.kind === 'lyrics' && !element.inSpeech));
        const again = readFdx(screenplayToFdx(once));
        expect(shared(again)).toEqual(shared(once));
        expect(screenplayToFdx(again)).toBe(screenplayToFdx(once));
      }),
      { numRuns: 1000 },
    );
  });
});
