import { describe, expect, it } from 'vitest';
import { frameRateFrom } from './frame-rate.ts';
import { readEdl } from './read-edl.ts';

const read = (lines: string | string[], rate = 24) => readEdl([lines].flat().join('\n'), 'cut.edl', frameRateFrom(rate));
const HEAD = ['TITLE: CUT', 'FCM: NON-DROP FRAME', ''];
const clip = (inS: number, durationS: number, name = 'S01_SH01_T01.mp4') => expect.objectContaining({ kind: 'clip', names: [name], inS, durationS, grid: 'film' }) as unknown;

describe('an EDL', () => {
  it('is read with clips, black and holes, in the order of the film and not of the list', () => {
    const { items, leftOut, problems } = read([
      ...HEAD,
      '002  S01_SH02 V     C        00:00:01:12 00:00:03:12 01:00:06:00 01:00:08:00',
      '* FROM CLIP NAME: S01_SH02_T01.mp4',
      '001  S01_SH01 AA/V  C        00:00:00:00 00:00:05:00 01:00:00:00 01:00:05:00',
      '* FROM CLIP NAME:  S01_SH01_T01.mp4',
      '003  BL       V     C        00:00:00:00 00:00:01:00 01:00:08:00 01:00:09:00',
      '004  AX       V     C        00:00:02:00 00:00:02:01 01:00:09:00 01:00:09:01',
      '* SOURCE FILE: /media/S02_SH01_T02.mov',
      '* FROM CLIP NAME: The end',
    ]);
    expect(items).toEqual([clip(0, 5), { kind: 'gap', durationS: 1 }, clip(1.5, 2, 'S01_SH02_T01.mp4'), { kind: 'gap', durationS: 1 }, clip(2, 1 / 24, '/media/S02_SH01_T02.mov')]);
    expect({ leftOut, problems }).toEqual({ leftOut: [], problems: [] });
  });

  it('begins with its first event, whatever the time code of that is, and counts in the rate of the film', () => {
    expect(read([...HEAD, '1 S01_SH01_T01 V C 00:00:00:00 00:00:02:00 10:07:00:00 10:07:02:00'], 23.976).items).toEqual([clip(0, 2.002, 'S01_SH01_T01')]);
    expect(read(['001  S01_SH01_T01 V1 C 00:00:00:29 00:00:01:00 00:00:00:00 00:00:00:01'], 30).items).toEqual([clip(29 / 30, 1 / 30, 'S01_SH01_T01')]);
  });

  it('has a straight cut where a dissolve or a wipe begins, and says so', () => {
    const { items, leftOut } = read([
      ...HEAD,
      '001  S01_SH01 V     C        00:00:00:00 00:00:03:00 01:00:00:00 01:00:03:00',
      '* FROM CLIP NAME: S01_SH01_T01.mp4',
      '002  S01_SH01 V     C        00:00:03:00 00:00:03:00 01:00:03:00 01:00:03:00',
      '002  S01_SH02 V     D    024 00:00:01:00 00:00:03:00 01:00:03:00 01:00:05:00',
      '* FROM CLIP NAME: S01_SH01_T01.mp4',
      '* TO CLIP NAME: S01_SH02_T01.mp4',
      '003  S01_SH02 V     C        00:00:03:00 00:00:03:00 01:00:05:00 01:00:05:00',
      '003  BL       V     W001 012 00:00:00:00 00:00:00:12 01:00:05:00 01:00:05:12',
    ]);
    expect(items).toEqual([clip(0, 3), clip(1, 2, 'S01_SH02_T01.mp4'), { kind: 'gap', durationS: 0.5 }]);
    expect(leftOut).toEqual(['the dissolve of 24 frames in line 7 (a straight cut stands in its place)', 'the wipe of 12 frames in line 11 (a straight cut stands in its place)']);
  });

  it('leaves sound out, and what is said of it', () => {
    const { items } = read([
      ...HEAD,
      '001  S01_SH01_T01 V  C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00',
      '002  MUSIC    A     C        00:00:00:00 00:00:09:00 01:00:00:00 01:00:09:00',
      '* FROM CLIP NAME: music.wav',
      '003  MUSIC    NONE  C        00:00:00:00 00:00:09:00 01:00:00:00 01:00:09:00',
    ]);
    expect(items).toEqual([clip(0, 2, 'S01_SH01_T01')]);
  });

  it.each([
    [['M2   S01_SH01_T01   048.0   00:00:00:00'], 'plays at 200 %'],
    [['M2   S01_SH01_T01   -24.0   00:00:00:00'], 'plays at -100 %'],
    [['M2   S01_SH01_T01   000.0   00:00:00:00'], 'is frozen'],
    [['* * FREEZE FRAME'], 'is frozen'],
  ])('refuses another speed, by name: %j', (notes, reason) => {
    const event = '001  S01_SH01_T01 V  C        00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00';
    expect(read([...HEAD, event, ...notes]).problems).toEqual([expect.stringMatching(new RegExp(`^line 4, "S01_SH01_T01", ${reason}`))]);
    expect(read([...HEAD, event, 'M2   S01_SH01_T01   024.0   00:00:00:00']).problems).toEqual([]);
    expect(read([...HEAD, event, 'M2   S01_SH01_T01   023.98  00:00:00:00'], 23.976).problems).toEqual([]);
  });

  it('refuses a clip that is longer in the film than in itself, and clips that lie over each other', () => {
    const { problems } = read([
      ...HEAD,
      '001  S01_SH01_T01 V  C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:02:00',
      '002  S01_SH02_T01 V  C        00:00:00:00 00:00:02:00 01:00:01:00 01:00:03:00',
    ]);
    expect(problems).toEqual([expect.stringContaining('shows 24 frames of its clip in 48 of the film'), expect.stringContaining('begins before the event before it ends')]);
  });

  it.each([
    [['001  S01_SH01_T01 V  C   00:00:00:00 00:00:01:00 01:00:00:00'], 'line 4', 'is no event'],
    [['001  S01_SH01_T01 V  C   00:00:00:00 00:00:01:00 01:00:00:00 01:00:00:24'], 'line 4', '01:00:00:24 counts 24 frames in a second; the film has 24'],
    [['001  S01_SH01_T01 V  C   00:00:00:00 00:00:01:00 01:00:00:00 01:99:00:00'], 'line 4', 'is no time'],
    [['001  S01_SH01_T01 V  C   00:00:00:00 00:00:01:00 01:00:02:00 01:00:00:00'], 'line 4', 'ends before it begins'],
    [['001  S01_SH01_T01 V2 C   00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00'], 'line 4', 'second video track'],
    [['001  S01_SH01_T01 V  C   00:00:00;00 00:00:01;00 01:00:00;00 01:00:01;00'], 'line 4', 'drops frames'],
    [['', 'FCM: DROP FRAME'], 'line 5', 'drops frames'],
    [['001  MUSIC A  C   00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00'], undefined, 'no event with a picture'],
    [[], undefined, 'no event with a picture'],
  ])('that cannot be understood is refused with its line: %j', (lines, place, reason) => {
    const work = () => read([...HEAD, ...lines]);
    expect(work).toThrow(place === undefined ? 'cut.edl: ' : `cut.edl, ${place}: `);
    expect(work).toThrow(reason);
    expect(work).toThrow(expect.objectContaining({ code: 'EDIT_UNREADABLE' }));
  });
});
