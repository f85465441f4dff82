import { describe, expect, it } from 'vitest';
import { readOtio } from './read-otio.ts';

type Json = Record<string, unknown>;
const time = (value: number, rate = 24): Json => ({ OTIO_SCHEMA: 'RationalTime.1', value, rate });
const range = (start: number, count: number, rate = 24): Json => ({ OTIO_SCHEMA: 'TimeRange.1', start_time: time(start, rate), duration: time(count, rate) });
const clip = (file: string, source: Json | null, more: Json = {}): Json => ({ OTIO_SCHEMA: 'Clip.1', name: 'a name', source_range: source, media_reference: { OTIO_SCHEMA: 'ExternalReference.1', target_url: file, available_range: range(0, 121) }, effects: [], markers: [], ...more });
const gap = (frames: number): Json => ({ OTIO_SCHEMA: 'Gap.1', source_range: range(0, frames) });
const track = (children: Json[], more: Json = {}): Json => ({ OTIO_SCHEMA: 'Track.1', kind: 'Video', children, ...more });
const timeline = (...tracks: Json[]): Json => ({ OTIO_SCHEMA: 'Timeline.1', tracks: { OTIO_SCHEMA: 'Stack.1', children: tracks } });
const read = (root: unknown) => readOtio(JSON.stringify(root), 'cut.otio');

describe('an OpenTimelineIO file', () => {
  it('is read as any version writes it: Clip.1 and Clip.2, whole clips, media that begin later, rates written short', () => {
    const two = { OTIO_SCHEMA: 'Clip.2', name: 'b', source_range: range(86_424, 48), active_media_reference_key: 'HIGH', media_references: { DEFAULT_MEDIA: { target_url: 'proxy.mov' }, HIGH: { target_url: 'b.mov', available_range: range(86_400, 121), metadata: { directorstudio: { shotId: 'id' } } } } };
    const { items, leftOut, problems } = read(timeline(track([clip('a.mp4', null), gap(12), two, clip('c.mp4', range(24, 48, 23.976))])));
    expect(items).toEqual([
      { kind: 'clip', where: 'clip 1 of the video track', names: ['a.mp4'], inS: 0, durationS: 121 / 24, grid: 'media' },
      { kind: 'gap', durationS: 0.5 },
      { kind: 'clip', where: 'clip 3 of the video track', names: ['b.mov'], inS: 1, durationS: 2, grid: 'media', shotId: 'id' },
      { kind: 'clip', where: 'clip 4 of the video track', names: ['c.mp4'], inS: 24 / (24_000 / 1001), durationS: 48 / (24_000 / 1001), grid: 'media' },
    ]);
    expect({ leftOut, problems }).toEqual({ leftOut: [], problems: [] });
  });

  it('may be the only timeline of a collection', () => {
    const one = timeline(track([clip('a.mp4', null)]));
    expect(read({ OTIO_SCHEMA: 'SerializableCollection.1', children: [one] }).items).toHaveLength(1);
    expect(() => read({ OTIO_SCHEMA: 'SerializableCollection.1', children: [one, one] })).toThrow('it has 2 timelines');
  });

  it('has black where a clip is switched off, and nothing where a track is', () => {
    expect(read(timeline(track([clip('a.mp4', null), clip('b.mp4', range(0, 24), { enabled: false })]), track([clip('c.mp4', null)], { enabled: false }))).items).toMatchObject([{ kind: 'clip' }, { kind: 'gap', durationS: 1 }]);
  });

  it('goes without transitions, effects and music, and names them; our own sound and an even speed are nothing to speak of', () => {
    const dissolve = { OTIO_SCHEMA: 'Transition.1', name: '', transition_type: 'SMPTE_Dissolve', in_offset: time(6), out_offset: time(6) };
    const blur = { OTIO_SCHEMA: 'Effect.1', effect_name: 'Blur' };
    const { items, leftOut, problems } = read(
      timeline(
        track([clip('a.mp4', null, { effects: [blur] }), dissolve, clip('b.mp4', null, { effects: [blur, { OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: 1 }] })]),
        track([clip('media/S01_SH01_T01.mp4', null), clip('music.wav', null)], { kind: 'Audio' }),
        track([gap(24)]),
      ),
    );
    expect(items).toHaveLength(2);
    expect(problems).toEqual([]);
    expect(leftOut).toEqual(['the transition "SMPTE_Dissolve" (a straight cut stands in its place)', 'the effect "Blur" on 2 clips', 'sound of its own ("music.wav")']);
  });

  it.each([
    [timeline(track([clip('a.mp4', null, { effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: 2 }] })])), 'clip 1 of the video track, "a.mp4", plays at 200 %'],
    [timeline(track([clip('a.mp4', null, { effects: [{ OTIO_SCHEMA: 'FreezeFrame.1', time_scalar: 0 }] })])), '"a.mp4", is frozen'],
    [timeline(track([clip('a.mp4', null)]), track([gap(24), clip('b.mp4', null)])), '"a name" lies on another video track'],
    [timeline(track([clip('a.mp4', null), { OTIO_SCHEMA: 'Stack.1', name: 'Nest' }])), 'clip 2 of the video track, "Nest", is a Stack'],
    [timeline(track([clip('a.mp4', null)], { source_range: range(12, 24) })), 'the whole track is trimmed'],
    [timeline(track([clip('a.mp4', { OTIO_SCHEMA: 'TimeRange.1' })])), 'does not say which part'],
    [timeline(track([clip('a.mp4', range(0, -5))])), 'does not say which part'],
    [timeline(track([clip('a.mp4', range(0, 5, 0))])), 'does not say which part'],
    [timeline(track([clip('a.mp4', null), { OTIO_SCHEMA: 'Gap.1' }])), 'a gap without a length'],
  ])('refuses what a film cannot be, by name (%#)', (root, problem) => {
    expect(read(root).problems).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['{\n  "OTIO_SCHEMA": "Timeline.1",\n  oops\n}', 'cut.otio, line 3: it is no JSON'],
    ['[]', 'no OpenTimelineIO file'],
    ['{"OTIO_SCHEMA": 5}', 'no OpenTimelineIO file'],
    ['{"OTIO_SCHEMA": "Clip.2"}', 'it is a Clip, not a timeline'],
    ['{"OTIO_SCHEMA": "Timeline.1"}', 'no video track'],
    ['{"OTIO_SCHEMA": "Timeline.1", "tracks": {"children": [null, 3, "x", {"OTIO_SCHEMA": "Track.1", "children": "no"}]}}', 'no video track'],
    [`{"OTIO_SCHEMA": "Timeline.1", "tracks": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'no video track'],
  ])('that is none is refused with the reason: %#', (text, reason) => {
    const work = () => readOtio(text, 'cut.otio');
    expect(work).toThrow(reason);
    expect(work).toThrow(expect.objectContaining({ code: 'EDIT_UNREADABLE' }));
  });
});
