import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml, type XmlNode } from './read-xml.ts';
import { xmlDocument, type XmlElement } from './xml-text.ts';

const read = (text: string) => readXml(text, 'cut.fcpxml');
const thrown = (text: string): { code: string; message: string } => {
  try {
    read(text);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('it was read');
};

describe('an XML file', () => {
  it('is read with attributes, text, comments, CDATA and characters by number', () => {
    const root = read(`<?xml version='1.0' encoding="UTF-8"?>\n<!-- <no> -->\n<!DOCTYPE fcpxml>\n<a one="1 &lt; 2" two='"&#x41;&#66;"'>\n  x<b/>y <![CDATA[<raw> & ]]>z\n  <c.d-e:f>&amp;</c.d-e:f\n>\n</a>\n<!-- after -->\n`);
    expect(root).toMatchObject({ name: 'a', line: 4, children: [{ name: 'b', line: 5, children: [] }, { name: 'c.d-e:f', text: '&', line: 6 }] });
    expect([...root.attributes]).toEqual([['one', '1 < 2'], ['two', '"AB"']]);
    expect(root.text.replaceAll(/\s+/g, ' ')).toBe(' xy <raw> & z ');
  });

  it('comes back as it was written, whatever is in it', () => {
    const word = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom('a\r\nb', '\t"&<>\'', ']]>', '&amp;', '\u0000\u0008\ud800\ufffe'));
    const element: fc.Memo<XmlElement> = fc.memo((depth) =>
      fc.record({
        name: fc.constantFrom('asset-clip', 'md', 'ä.b_c'),
        attributes: fc.dictionary(fc.constantFrom('name', 'src', 'x-y'), word),
        content: depth > 1 ? fc.oneof(word, fc.array(element(depth - 1), { maxLength: 3 })) : word,
      }),
    );
    const written = (text: string) => text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
    const same = (node: XmlNode, given: XmlElement): void => {
      expect(node.name).toBe(given.name);
      expect([...node.attributes]).toEqual(Object.entries(given.attributes ?? {}).map(([key, value]) => [key, written(String(value))]));
      if (typeof given.content === 'string') expect(node.text).toBe(written(given.content));
      else for (const [index, child] of (given.content as XmlElement[]).entries()) same(node.children[index]!, child);
    };
    fc.assert(fc.property(element(3), (root) => same(read(xmlDocument('fcpxml', root)), root)));
  });

  it.each([
    ['', 'line 1', 'no element'],
    ['just words', 'line 1', 'text outside'],
    ['<a>\n<b>\n</a>', 'line 3', '<b> of line 2 is closed as </a>'],
    ['<a>\n\n<b/>', 'line 3', 'it ends inside of <a> of line 1'],
    ['<a/>\n<b/>', 'line 2', 'behind the end'],
    ['<a/>\n</a>', 'line 2', 'closes nothing'],
    ['<a>\n<b x=1/></a>', 'line 2', 'written wrongly'],
    ['<a x="1" x="2"/>', 'line 1', 'x twice'],
    ['<a>\n<!-- forever', 'line 2', 'a comment has no end'],
    ['<a>&nbsp;</a>', 'line 1', 'only &amp; &lt; &gt;'],
    ['<a>one\ntwo\nR&D</a>', 'line 3', 'an & stands for nothing'],
    ['<a\n x="1"\n y="R&D"/>', 'line 3', 'an & stands for nothing'],
    ['<a x="&#xD800;"/>', 'line 1', 'is no character'],
    ['<a><', 'line 1', 'begins nothing'],
    ['<!DOCTYPE a [\n<!ENTITY bomb "boom">\n]>\n<a>&bomb;</a>', 'line 1', 'definitions inside a file are not read'],
    ['<a><!ENTITY x "y"></a>', 'line 1', 'definitions'],
  ])('like %j is refused at %s, with the reason', (text, place, reason) => {
    const { code, message } = thrown(text);
    expect(code).toBe('EDIT_UNREADABLE');
    expect(message).toContain(`cut.fcpxml, ${place}: `);
    expect(message).toContain(reason);
  });

  it('fetches nothing and grows by nothing: entities of its own or from elsewhere are not there', () => {
    const elsewhere = '<?xml version="1.0"?>\n<!DOCTYPE fcpxml SYSTEM "file:///etc/passwd">\n<fcpxml>&passwd;</fcpxml>';
    expect(thrown(elsewhere).message).toContain('line 3');
    expect(read('<!DOCTYPE fcpxml PUBLIC "-//x" "http://example.com/x.dtd"><fcpxml/>').name).toBe('fcpxml');
    const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(100)}">]><l>&b;</l>`;
    expect(thrown(laughs).code).toBe('EDIT_UNREADABLE');
  });

  it('is not followed deeper than editors nest', () => {
    expect(read('<a>'.repeat(200) + '</a>'.repeat(200)).name).toBe('a');
    expect(thrown('<a>'.repeat(100_000)).message).toContain('nested deeper than 256');
  });

  it('of many megabytes takes no more than a moment, broken or whole', () => {
    const clips = Array.from({ length: 20_000 }, (_, index) => `<asset-clip ref="r${index}" name="S01_SH01" start="1/24s"><note>&amp;</note></asset-clip>`).join('\n');
    expect(read(`<spine>\n${clips}\n</spine>`).children).toHaveLength(20_000);
    expect(thrown(`<spine>\n${clips}`).message).toContain('line 20001');
    expect(thrown(`<a x="${' '.repeat(2_000_000)}`).code).toBe('EDIT_UNREADABLE');
    expect(thrown(`<a ${'b="1"  '.repeat(50_000)}`).code).toBe('EDIT_UNREADABLE');
  });
});
