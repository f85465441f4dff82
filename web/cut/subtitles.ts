import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addressOf } from '../api/call.ts';

export interface Cue {
  startS: number;
  endS: number;
  text: string;
}

/** The lines of the film as the studio times them: what is read here is what the file will hold. @param version of the cut they belong to. */
export function useSubtitles(projectId: string, version: number, enabled: boolean): readonly Cue[] {
  const { data } = useQuery<readonly Cue[]>({
    queryKey: ['subtitlesFile', projectId, version],
    queryFn: async ({ signal }) => readVtt(await (await fetch(addressOf('subtitlesFile', { params: { projectId, format: 'vtt' } }), { signal })).text()),
    enabled,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
  return data ?? NONE;
}

const NONE: readonly Cue[] = [];
const TIMES = /^(\d+):(\d+):(\d+\.\d+) --> (\d+):(\d+):(\d+\.\d+)\n([\s\S]+)$/;

export function readVtt(text: string): Cue[] {
  return text.split(/\n\n+/).flatMap((block) => {
    const found = TIMES.exec(block.trim());
    if (!found) return [];
    const [, ...fields] = found;
    const [fromH, fromM, fromS, toH, toM, toS] = fields.map(Number) as [number, number, number, number, number, number];
    return [{ startS: fromH * 3600 + fromM * 60 + fromS, endS: toH * 3600 + toM * 60 + toS, text: (fields[6] ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') }];
  });
}

export function cueAt(cues: readonly Cue[], timeS: number): string {
  return cues.find(({ startS, endS }) => startS <= timeS && timeS < endS)?.text ?? '';
}
