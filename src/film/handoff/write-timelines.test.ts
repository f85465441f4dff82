import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFilm, RATES, shotUnderTest, timelineUnderTest, type FilmUnderTest } from '../../../test/handoff/films.ts';
import { readXml, elementsNamed } from './read-xml.ts';
import { clipsOf, lengthOf, sourceFrameCount } from './timeline.ts';
import { writeEdl } from './write-edl.ts';
import { writeFcpxml } from './write-fcpxml.ts';
import { writeOtio } from './write-otio.ts';
import { writeXmeml } from './write-xmeml.ts';

const FILM: FilmUnderTest = {
  name: 'Tee & "mehr"',
  folder: '/Filme/Mein Film #1 100% ü',
  shots: [
    shotUnderTest({ prompt: 'Eins.', heading: 'Küche', sound: true, line: 'Sie sagt: "nein".' }),
    shotUnderTest({ prompt: 'Zwei.' }),
    shotUnderTest({ prompt: 'Drei.', rate: RATES['30'], frameCount: 153 }),
    shotUnderTest({ prompt: 'Never used.' }),
  ],
  pieces: [{ shot: 0, inFrame: 24, outFrame: 72 }, { shot: 1, inFrame: 0 }, { blackFrames: 12 }, { shot: 2, inFrame: 30, outFrame: 90 }, { shot: 0, inFrame: 0, outFrame: 12 }],
};
const timeline = timelineUnderTest(FILM);
const xml = (text: string) => readXml(text, 'x');
const URL = 'file:///Filme/Mein%20Film%20%231%20100%25%20%C3%BC/media/S01_SH01_T01.mp4';

describe('a timeline', () => {
  it('never asks for frames that its media do not have, whatever the rates', () => {
    fc.assert(
      fc.property(anyFilm({ mixedRates: true }), (film) => {
        const made = timelineUnderTest(film);
        let firstFrame = 0;
        for (const item of made.items) {
          expect(item.firstFrame).toBe(firstFrame);
          firstFrame += item.frameCount;
          if (item.kind === 'gap') continue;
          expect(item.sourceFrame).toBeGreaterThanOrEqual(0);
          // A clip of less than one frame of the film is shown for one.
          if (item.frameCount > 1) expect(item.sourceFrame + sourceFrameCount(item, made.rate)).toBeLessThanOrEqual(item.media.frameCount + 1e-9);
        }
        expect(lengthOf(made)).toBe(firstFrame);
      }),
      { numRuns: 100 },
    );
  });

  it('has the in frame that the film shows first, also where that was asked for between two frames', () => {
    for (const [inS, frame] of [[0.4, 10], [0.52, 12], [0.021, 1], [0.02, 0]] as const) {
      const made = timelineUnderTest({ ...FILM, pieces: [{ shot: 0, inFrame: inS * 24, outFrame: 96 }] });
      expect(clipsOf(made)[0]?.sourceFrame).toBe(frame);
    }
  });
});

describe('OpenTimelineIO', () => {
  const root = JSON.parse(writeOtio(timeline)) as { global_start_time: object; tracks: { children: { kind: string; children: Record<string, unknown>[] }[] } };

  it('has a track of picture and one of sound, with black between, from hour one', () => {
    expect(root.global_start_time).toMatchObject({ value: 86_400, rate: 24 });
    expect(root.tracks.children.map(({ kind, children }) => [kind, children.map((child) => child['OTIO_SCHEMA'])])).toEqual([
      ['Video', ['Clip.2', 'Clip.2', 'Gap.1', 'Clip.2', 'Clip.2']],
      ['Audio', ['Clip.2', 'Gap.1', 'Gap.1', 'Gap.1', 'Clip.2']],
    ]);
  });

  it('names media from its own folder, all of it there, with the handles that the cut leaves', () => {
    expect(root.tracks.children[0]!.children[0]).toMatchObject({
      name: 'S01_SH01_T01',
      source_range: { start_time: { value: 24, rate: 24 }, duration: { value: 48, rate: 24 } },
      media_references: { DEFAULT_MEDIA: { target_url: 'media/S01_SH01_T01.mp4', available_range: { start_time: { value: 0 }, duration: { value: 121, rate: 24 } } } },
      markers: [{ name: 'Scene 1: Küche' }, { name: 'S01_SH01', comment: 'Eins.' }, { name: 'Sie sagt: "nein".' }],
    });
  });

  it('starts a clip of another rate in its own frames and is as long as the film says', () => {
    expect(root.tracks.children[0]!.children[3]).toMatchObject({ source_range: { start_time: { value: 30, rate: 30 }, duration: { value: 48, rate: 24 } } });
  });
});

describe('FCPXML', () => {
  const root = xml(writeFcpxml(timeline));
  const spine = elementsNamed(root, 'spine')[0]!;

  it('has every take as an asset with all of its length, by the address of its file', () => {
    const assets = elementsNamed(root, 'asset');
    expect(assets.map(({ attributes }) => [attributes.get('name'), attributes.get('duration'), attributes.get('hasAudio')])).toEqual([
      ['S01_SH01_T01', '121/24s', '1'],
      ['S01_SH02_T01', '121/24s', undefined],
      ['S01_SH03_T01', '51/10s', undefined],
      ['S02_SH01_T01', '121/24s', undefined],
    ]);
    expect(elementsNamed(assets[0]!, 'media-rep')[0]?.attributes.get('src')).toBe(URL);
    expect(elementsNamed(elementsNamed(root, 'event')[0]!, 'asset-clip').filter(({ attributes }) => attributes.get('offset') === undefined)).toHaveLength(4);
  });

  it('lays the clips from hour one, gap included, and keeps one of another rate at its own speed', () => {
    expect(spine.children.map(({ name, attributes }) => [name, attributes.get('offset'), attributes.get('start'), attributes.get('duration')])).toEqual([
      ['asset-clip', '3600s', '1s', '2s'],
      ['asset-clip', '3602s', '0s', '121/24s'],
      ['gap', '86569/24s', '3600s', '1/2s'],
      ['asset-clip', '86581/24s', '1s', '2s'],
      ['asset-clip', '86629/24s', '0s', '1/2s'],
    ]);
    expect(elementsNamed(spine.children[3]!, 'conform-rate')[0]?.attributes).toEqual(new Map([['scaleEnabled', '0'], ['srcFrameRate', '30']]));
    expect(elementsNamed(spine.children[0]!, 'conform-rate')).toEqual([]);
  });

  it('counts in the film\'s true rate', () => {
    const made = timelineUnderTest({ ...FILM, shots: FILM.shots.map((shot) => ({ ...shot, rate: RATES['23.976'] })) });
    const sequence = elementsNamed(xml(writeFcpxml(made)), 'sequence')[0]!;
    expect(sequence.attributes.get('tcStart')).toBe('18018/5s');
    expect(elementsNamed(sequence, 'asset-clip')[0]?.attributes.get('duration')).toBe('1001/500s');
    expect(elementsNamed(xml(writeFcpxml(made)), 'format').map(({ attributes }) => [attributes.get('name'), attributes.get('frameDuration')])).toEqual([['FFVideoFormat720p2398', '1001/24000s']]);
  });
});

describe('the EDL', () => {
  it('has a line of four time codes for every part, black too, and names the file below', () => {
    expect(writeEdl(timeline).split('\n').slice(0, 6)).toEqual([
      'TITLE: Tee & "mehr"',
      'FCM: NON-DROP FRAME',
      '',
      '001  S01_SH01_T01 AA/V  C        00:00:01:00 00:00:03:00 01:00:00:00 01:00:02:00',
      '* FROM CLIP NAME: S01_SH01_T01.mp4',
      '* SOURCE FILE: S01_SH01_T01.mp4',
    ]);
    expect(writeEdl(timeline).split('\n').filter((line) => /^\d/.test(line)).slice(1)).toEqual([
      '002  S01_SH02_T01 V     C        00:00:00:00 00:00:05:01 01:00:02:00 01:00:07:01',
      '003  BL       V     C        00:00:00:00 00:00:00:12 01:00:07:01 01:00:07:13',
      '004  S01_SH03_T01 V     C        00:00:01:00 00:00:03:00 01:00:07:13 01:00:09:13',
      '005  S01_SH01_T01 AA/V  C        00:00:00:00 00:00:00:12 01:00:09:13 01:00:10:01',
    ]);
  });

  it('keeps every comment on a line of its own, whatever is in the words', () => {
    const made = timelineUnderTest({ ...FILM, name: `x\ny ${'é'.repeat(100)}`, shots: [shotUnderTest({ prompt: `* FROM CLIP NAME: no\r\n001  X V C 00:00:00:00\n${'word 👩‍🚀 '.repeat(60)}`, line: '\n\n' })], pieces: [{ shot: 0, inFrame: 0 }] });
    const lines = writeEdl(made).split('\n').filter((line) => line !== '');
    expect(lines.filter((line) => /^\d/.test(line))).toHaveLength(1);
    expect(lines.every((line) => line.length < 260)).toBe(true);
    expect(lines.filter((line) => line.startsWith('* COMMENT: * FROM CLIP NAME: no 001 X'))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/👩‍🚀 …$|word…$|👩‍🚀…$/u);
  });
});

describe('Final Cut 7 XML', () => {
  const root = xml(writeXmeml(timeline));
  const text = (name: string) => elementsNamed(root, name).map((node) => node.text);

  it('has picture and sound of a clip linked, and describes each file once', () => {
    expect(root.attributes.get('version')).toBe('5');
    const files = elementsNamed(root, 'file');
    expect(files.filter(({ children }) => children.length > 0)).toHaveLength(3);
    expect(text('pathurl')[0]).toBe(URL.replace('file:///', 'file://localhost/'));
    const ids = elementsNamed(root, 'clipitem').map(({ attributes }) => attributes.get('id'));
    expect(ids).toEqual(['clipitem-1', 'clipitem-2', 'clipitem-3', 'clipitem-4', 'clipitem-1-a1', 'clipitem-4-a1', 'clipitem-1-a2', 'clipitem-4-a2']);
    for (const ref of text('linkclipref')) expect(ids).toContain(ref);
    // In the tracks of sound, the last clip is the second.
    expect(elementsNamed(elementsNamed(root, 'clipitem')[3]!, 'clipindex').map((node) => node.text)).toEqual(['4', '2', '2']);
  });

  it('counts in and out in the media and start and end in the film', () => {
    const items = elementsNamed(root, 'clipitem').slice(0, 4);
    const numbers = items.map((item) => ['start', 'end', 'in', 'out', 'duration'].map((name) => Number(item.children.find((child) => child.name === name)?.text)));
    expect(numbers).toEqual([
      [0, 48, 24, 72, 121],
      [48, 169, 0, 121, 121],
      [181, 229, 30, 90, 153],
      [229, 241, 0, 12, 121],
    ]);
    expect(text('ntsc').every((ntsc) => ntsc === 'FALSE')).toBe(true);
    const ntsc = xml(writeXmeml(timelineUnderTest({ ...FILM, shots: FILM.shots.map((shot) => ({ ...shot, rate: RATES['29.97'] })) })));
    expect([elementsNamed(ntsc, 'timebase')[0]?.text, elementsNamed(ntsc, 'ntsc')[0]?.text]).toEqual(['30', 'TRUE']);
  });

  it('is whole for any film and any words', () => {
    fc.assert(
      fc.property(anyFilm({ mixedRates: true }), (film) => {
        const made = timelineUnderTest(film);
        expect(elementsNamed(xml(writeXmeml(made)), 'link').length % 3).toBe(0);
        expect(elementsNamed(xml(writeFcpxml(made)), 'spine')[0]?.children).toHaveLength(made.items.length);
      }),
      { numRuns: 50 },
    );
  });
});
