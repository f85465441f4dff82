import type { KlingFeature, KlingKind } from '../../kling/index.ts';
import type { Priced } from './choose.ts';
import type { AdvisorRow } from './rows.ts';

export const FEATURE_WORDS: Record<KlingFeature, string> = {
  textToVideo: 'text to video',
  imageToVideo: 'image to video',
  endFrame: 'an end frame',
  endFrameOnly: 'an end frame without a start frame',
  cameraControl: 'camera control',
  motionBrush: 'a motion brush',
  negativePrompt: 'a negative prompt',
  cfgScale: 'a cfg scale',
  sound: 'sound',
  voices: 'voices of one’s own',
  multiShot: 'several shots in one clip (multi-shot)',
  elements: 'elements',
  extend: 'extending a clip',
  multiImage: 'several reference pictures (multi-image)',
  multiElements: 'multi-elements editing',
};

/** One way to make an impossible clip possible. */
export interface FeasibleChange {
  /** In the imperative, without a full stop. */
  words: string;
  /** Clips to make instead, in seconds. */
  splitS?: readonly number[];
  dropFeatures?: readonly KlingFeature[];
  budgetUsd?: number;
  /** The cheapest row that makes it then, and its price. */
  row: string;
  priceUsd: number;
}

interface ClipWish {
  durationS: number;
  kind: KlingKind;
  requires: readonly KlingFeature[];
}

interface Question {
  living: readonly AdvisorRow[];
  offered: readonly AdvisorRow[];
  all: readonly AdvisorRow[];
  clip: ClipWish;
  budgetUsd: number | undefined;
  priced: (row: AdvisorRow, clip: ClipWish) => Priced | undefined;
}

const money = (usd: number): string => `$${usd.toFixed(3).replace(/0$/, '')}`;

/** Every single change that helps, smallest first: money, then length, then one feature, then one of these with more money. */
export function changesFor({ living, offered, all, clip, budgetUsd, priced }: Question): FeasibleChange[] {
  const cheapest = (wish: ClipWish): Priced | undefined => living.flatMap((row) => priced(row, wish) ?? []).sort((a, b) => a.usd - b.usd)[0];
  const within = (usd: number): boolean => budgetUsd === undefined || usd <= budgetUsd + 1e-9;
  const raise = (usd: number): string => (within(usd) ? '' : `, and raise the budget to ${money(usd)}`);
  const found: FeasibleChange[] = [];

  const asIs = cheapest(clip);
  if (asIs !== undefined) return [{ words: `raise the budget by ${money(asIs.usd - (budgetUsd ?? 0))} to ${money(asIs.usd)} (${asIs.row.word})`, budgetUsd: asIs.usd, row: asIs.row.id, priceUsd: asIs.usd }];

  const lengths = [...new Set(living.flatMap(({ durationsS }) => durationsS))].sort((a, b) => a - b);
  const split = splitOf(clip.durationS, lengths, (durationS) => cheapest({ ...clip, durationS }));
  if (split !== undefined) {
    const words = split.partsS.length === 1 ? `change the duration to ${split.partsS[0]} s` : `split the duration of ${clip.durationS} s into ${split.partsS.map((part) => `${part} s`).join(' and ')}`;
    found.push({ words: `${words} (${split.row.word}, ${money(split.usd)})${raise(split.usd)}`, splitS: split.partsS, row: split.row.id, priceUsd: split.usd, ...(within(split.usd) ? {} : { budgetUsd: split.usd }) });
  }
  for (const feature of clip.requires) {
    const without = cheapest({ ...clip, requires: clip.requires.filter((other) => other !== feature) });
    if (without !== undefined) found.push({ words: `leave out ${FEATURE_WORDS[feature]} (${without.row.word}, ${money(without.usd)})${raise(without.usd)}`, dropFeatures: [feature], row: without.row.id, priceUsd: without.usd, ...(within(without.usd) ? {} : { budgetUsd: without.usd }) });
  }
  if (found.length === 0 && clip.requires.length > 0) {
    const bare = { ...clip, requires: [] };
    const plain = cheapest(bare) ?? splitOf(clip.durationS, lengths, (durationS) => cheapest({ ...bare, durationS }));
    if (plain !== undefined) {
      const partsS = 'partsS' in plain ? (plain as { partsS: readonly number[] }).partsS : undefined;
      found.push({ words: `leave out ${clip.requires.map((feature) => FEATURE_WORDS[feature]).join(' and ')}${partsS === undefined ? '' : `, and split the duration into ${partsS.map((part) => `${part} s`).join(' and ')}`} (${plain.row.word}, ${money(plain.usd)})${raise(plain.usd)}`, dropFeatures: clip.requires, ...(partsS === undefined ? {} : { splitS: partsS }), row: plain.row.id, priceUsd: plain.usd, ...(within(plain.usd) ? {} : { budgetUsd: plain.usd }) });
    }
  }
  // Where another model is all it takes, but it may not be used here.
  const elsewhere = all.filter((row) => !offered.includes(row) && row.lifecycle === 'active').flatMap((row) => priced(row, clip) ?? []).sort((a, b) => a.usd - b.usd)[0];
  if (elsewhere !== undefined) found.push({ words: `allow ${elsewhere.row.word} (${money(elsewhere.usd)})${raise(elsewhere.usd)}`, row: elsewhere.row.id, priceUsd: elsewhere.usd, ...(within(elsewhere.usd) ? {} : { budgetUsd: elsewhere.usd }) });
  return found.sort((a, b) => Number(a.budgetUsd !== undefined) - Number(b.budgetUsd !== undefined));
}

/** The next length that exists; a longer one than any in as few clips as do, all by one row: 12 s are 10 s and 5 s. */
function splitOf(durationS: number, lengths: readonly number[], cheapest: (durationS: number) => Priced | undefined): (Priced & { partsS: number[] }) | undefined {
  const usable = lengths.filter((length) => cheapest(length) !== undefined);
  const longest = usable.at(-1);
  if (longest === undefined || !Number.isFinite(durationS) || durationS > 600) return undefined;
  const partsS: number[] = [];
  let left = Math.max(durationS, 0);
  do {
    const part = usable.find((length) => length >= left) ?? longest;
    partsS.push(part);
    left -= part;
  } while (left > 0);
  const priced = partsS.map(cheapest).filter((part) => part !== undefined);
  const [first] = priced;
  return first === undefined ? undefined : { row: first.row, usd: priced.reduce((sum, { usd }) => sum + usd, 0), partsS };
}
