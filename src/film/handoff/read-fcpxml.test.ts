import { describe, expect, it } from 'vitest';
import { readFcpxml } from './read-fcpxml.ts';

const RESOURCES = `<format id="r1" frameDuration="100/2400s" width="1280" height="720"/>
<asset id="a" name="A" start="0s" duration="121/24s" hasVideo="1" format="r1"><media-rep src="file:///m/S01_SH01_T01.mp4"/></asset>
<asset id="late" name="B" start="3600s" duration="5s" hasVideo="1" format="r1"><media-rep src="file:///m/S01_SH02_T01.mp4"/></asset>
<asset id="music" name="music" duration="60s" hasAudio="1"><media-rep src="file:///m/music.wav"/></asset>`;
const file = (spine: string) => `<?xml version="1.0"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.11"><resources>
${RESOURCES}
</resources><library><event><asset-clip ref="a" name="browser"/><project><sequence format="r1" tcStart="3600s"><spine>
${spine}
</spine></sequence></project></event></library></fcpxml>`;
const read = (...spine: string[]) => readFcpxml(file(spine.join('\n')), 'cut.fcpxml');
const FIRST_LINE = 9;

describe('an FCPXML file', () => {
  it('is read along its storyline, in exact times, each clip from the start of its own file', () => {
    const { items, leftOut, problems } = read(
      '<asset-clip ref="a" offset="3600s" name="renamed" start="1/24s" duration="48/24s"><note>x</note><marker start="0s" value="m"/></asset-clip>',
      '<gap name="Gap" offset="3602s" start="3600s" duration="1s"/>',
      '<asset-clip ref="late" offset="3603s" start="3601s" duration="1001/24000s"/>',
      '<asset-clip ref="a"/>',
      '<video ref="late" duration="2s" start="3602s"/>',
    );
    expect(items).toEqual([
      { kind: 'clip', where: `line ${FIRST_LINE}`, names: ['file:///m/S01_SH01_T01.mp4'], inS: 1 / 24, durationS: 2, grid: 'media' },
      { kind: 'gap', durationS: 1 },
      { kind: 'clip', where: 'line 11', names: ['file:///m/S01_SH02_T01.mp4'], inS: 1, durationS: 1001 / 24000, grid: 'media' },
      { kind: 'clip', where: 'line 12', names: ['file:///m/S01_SH01_T01.mp4'], inS: 0, durationS: 121 / 24, grid: 'media' },
      { kind: 'clip', where: 'line 13', names: ['file:///m/S01_SH02_T01.mp4'], inS: 2, durationS: 2, grid: 'media' },
    ]);
    expect({ leftOut, problems }).toEqual({ leftOut: [], problems: [] });
  });

  it('is read where a clip was opened up: the picture lies inside of it', () => {
    const opened = '<clip offset="3600s" name="x" start="3602s" duration="2s"><video ref="late" offset="3600s" start="3600s" duration="5s"><audio ref="late" lane="-1" duration="5s"/></video></clip>';
    expect(read(opened)).toMatchObject({ items: [{ names: ['file:///m/S01_SH02_T01.mp4'], inS: 2, durationS: 2 }], problems: [] });
  });

  it('has black where a clip is switched off or nothing is, shows the first of an audition, and lets overlaps through to nobody', () => {
    const { items, problems } = read(
      '<asset-clip ref="a" offset="3600s" duration="1s" enabled="0"/>',
      '<asset-clip ref="a" offset="3602s" duration="1s"/>',
      '<audition offset="3603s"><asset-clip ref="late" duration="1s"/><asset-clip ref="a" duration="1s"/></audition>',
    );
    expect(items).toMatchObject([{ kind: 'gap', durationS: 1 }, { kind: 'gap', durationS: 1 }, { kind: 'clip' }, { kind: 'clip', names: ['file:///m/S01_SH02_T01.mp4'] }]);
    expect(problems).toEqual([]);
    expect(read('<asset-clip ref="a" offset="3600s" duration="2s"/>', '<asset-clip ref="a" name="B" offset="3601s" duration="1s"/>').problems).toEqual(['line 10, "B", begins before the clip before it ends']);
  });

  it('goes without transitions, titles, effects and music, and names them', () => {
    const { items, leftOut, problems } = read(
      '<asset-clip ref="a" offset="3600s" duration="2s"><title lane="1" name="Opening" ref="x" duration="1s"/><asset-clip ref="music" lane="-1" name="Theme" duration="9s"/><caption lane="1" duration="1s"/><filter-video ref="f" name="Blur"/></asset-clip>',
      '<transition name="Cross Dissolve" offset="3601s" duration="1s"/>',
      '<asset-clip ref="a" offset="3602s" duration="2s"><spine lane="-1"><asset-clip ref="music" name="Noise" duration="1s"/></spine><filter-video ref="f" name="Blur"/></asset-clip>',
    );
    expect(items).toHaveLength(2);
    expect(problems).toEqual([]);
    expect(leftOut).toEqual(['the title "Opening" of line 9', 'sound of its own ("Theme")', 'the transition "Cross Dissolve" of line 10 (a straight cut stands in its place)', 'sound of its own ("Noise")', 'the effect "Blur" on 2 clips']);
  });

  it('takes a clip of another rate that plays at its own speed', () => {
    expect(read('<asset-clip ref="a" duration="1s"><conform-rate scaleEnabled="0" srcFrameRate="30"/><timeMap><timept time="0s" value="0s"/><timept time="5s" value="5s"/></timeMap></asset-clip>').problems).toEqual([]);
    expect(read('<asset-clip ref="a" duration="1s"><conform-rate srcFrameRate="24"/></asset-clip>').problems).toEqual([]);
  });

  it.each([
    ['<asset-clip ref="a" name="A" duration="1s"><timeMap><timept time="0s" value="0s"/><timept time="5s" value="10s"/></timeMap></asset-clip>', 'is played at another speed'],
    ['<asset-clip ref="a" name="A" duration="1s"><conform-rate srcFrameRate="25"/></asset-clip>', 'of 25 frames a second is played slower or faster'],
    ['<ref-clip ref="m" name="A" duration="1s"/>', 'is a compound clip'],
    ['<mc-clip ref="m" name="A" duration="1s"/>', 'is a multicam clip'],
    ['<sync-clip name="A" duration="1s"/>', 'is a synchronised clip'],
    ['<title ref="t" name="A" duration="1s"/>', 'is a title'],
    ['<asset-clip ref="nobody" name="A" duration="1s"/>', 'is no picture'],
    ['<asset-clip ref="music" name="A" duration="1s"/>', 'is no picture'],
    ['<asset-clip ref="a" duration="2s"><asset-clip ref="late" lane="1" name="A" duration="1s"/></asset-clip>', 'lies over "asset-clip"'],
    ['<asset-clip ref="a" duration="2s"><spine lane="1"><asset-clip ref="late" name="A" duration="1s"/></spine></asset-clip>', 'lies over'],
    ['<asset-clip ref="a" name="A" duration="0s"/>', 'has no length'],
  ])('refuses %s, by line and name', (element, reason) => {
    expect(read(element).problems).toEqual([expect.stringMatching(new RegExp(`^line ${FIRST_LINE}, "A",? ?.*${reason}`))]);
  });

  it.each([
    ['<xmeml version="5"/>', 'Final Cut 7 XML is written but not read'],
    ['<fcpxml version="1.11"/>', 'no project'],
    ['<fcpxml><project><sequence/></project></fcpxml>', 'its timeline is empty'],
    ['<fcpxml><project><sequence><spine/></sequence></project><project><sequence><spine/></sequence></project></fcpxml>', 'it has 2 timelines'],
    [file('<asset-clip ref="a" duration="five"/>'), `line ${FIRST_LINE}: duration="five" is no time`],
    [file('<asset-clip ref="a" duration="1/0s"/>'), 'is no time'],
    [file('<asset-clip ref="a" duration="1s">'), 'is closed as </spine>'],
  ])('that cannot be understood is refused with the reason (%#)', (text, reason) => {
    const work = () => readFcpxml(text, 'cut.fcpxml');
    expect(work).toThrow(reason);
    expect(work).toThrow(expect.objectContaining({ code: 'EDIT_UNREADABLE' }));
  });
});
