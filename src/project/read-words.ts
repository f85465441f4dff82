import type { CastAndLook } from '../protocol/cast-and-look.ts';
import type { PromptFindings } from '../protocol/prompt-findings.ts';
import type { Engine, FilmSettings, ShotSettings } from '../protocol/shot-settings.ts';
import type { ScriptShot } from '../script/index.ts';
import { pictureKey, type ProjectPrompt, type Store } from '../store/index.ts';
import { composePrompt, type ShotCast } from './compose-prompt.ts';
import { fixWords } from './fix-words.ts';
import { loadPromptChecks, type PromptChecks } from './prompt-checks.ts';

/** How the words of shots are read. */
export interface ReadingOfWords {
  /** Apply the fixes of errors and warnings that need no person. Never to words that a clip was paid for, unless `replan`. */
  fix?: boolean;
  /** Film shots with errors all the same. */
  anyway?: boolean;
}

/** A shot's words as they are planned. */
export interface ShotWords {
  own: string;
  settings: ShotSettings;
  findings: PromptFindings;
  /** Why these differ from what was planned before, or from the script. */
  fixedNow: boolean;
}

interface ShotToRead {
  name: string;
  said: ScriptShot;
  /** The stored shot, where it is kept as it was planned. */
  kept: ProjectPrompt | undefined;
  own: string;
  settings: ShotSettings;
  cast: ShotCast;
}

/**
 * Reads the words of a film's shots for issues and spoken lines. What stands as it was planned keeps what was found then:
 * newer rules change nothing about it.
 */
export class WordReader {
  /** Slates of shots with something to fix that were filmed already. */
  readonly leftAsFilmed: string[] = [];
  private checks: PromptChecks | undefined;
  private readonly reading: ReadingOfWords;
  private readonly film: FilmSettings;
  private readonly castAndLook: CastAndLook;
  private readonly paid: ReadonlySet<string>;

  constructor(reading: ReadingOfWords, film: FilmSettings, castAndLook: CastAndLook, paid: ReadonlySet<string>) {
    this.reading = reading;
    this.film = film;
    this.castAndLook = castAndLook;
    this.paid = paid;
  }

  async read(shot: ShotToRead): Promise<ShotWords> {
    const { kept, own, settings, cast } = shot;
    const found = kept?.findings !== undefined && pictureKey(kept.settings) === pictureKey(settings) ? kept.findings : undefined;
    if (found !== undefined && this.reading.fix !== true) return this.accepted({ own, settings, findings: found, fixedNow: false });
    this.checks ??= await loadPromptChecks();
    const fixed = kept?.findings?.fixed;
    const findings = found ?? { ...this.checks.findings({ own, settings, cast: cast.names }, shot.said), ...(fixed === undefined ? {} : { fixed }), ...(kept?.findings?.accepted === true ? { accepted: true as const } : {}) };
    return this.accepted((this.reading.fix === true ? this.fixed(this.checks, shot, findings) : undefined) ?? { own, settings, findings, fixedNow: false });
  }

  private fixed(checks: PromptChecks, { name, said, kept, own, settings, cast }: ShotToRead, findings: PromptFindings): ShotWords | undefined {
    const given = { durationS: said.durationS !== undefined || said.outS !== undefined || this.film.durationS !== undefined, sound: said.sound !== undefined };
    const fix = fixWords(checks, { own, settings, cast: cast.names }, given);
    if (fix === undefined) return undefined;
    if (kept !== undefined && this.paid.has(kept.id)) {
      this.leftAsFilmed.push(name);
      return undefined;
    }
    const { negativePrompt: negativeBefore, ...others } = settings;
    const { negativePrompt = negativeBefore, ...changed } = fix.settings;
    const next: ShotSettings = { ...others, ...changed, ...(negativePrompt === undefined || negativePrompt.trim() === '' ? {} : { negativePrompt }), prompt: composePrompt(fix.own, cast, this.castAndLook.look) };
    const original = findings.fixed ?? { prompt: said.prompt, ...(negativeBefore === undefined ? {} : { negativePrompt: negativeBefore }), by: [] };
    const { accepted: _before, ...rest } = findings;
    return { own: fix.own, settings: next, findings: { ...rest, issues: checks.issues({ own: fix.own, settings: next, cast: cast.names }), fixed: { ...original, by: [...original.by, ...fix.by] } }, fixedNow: true };
  }

  private accepted(words: ShotWords): ShotWords {
    if (this.reading.anyway !== true || !words.findings.issues.some(({ severity }) => severity === 'error')) return words;
    return { ...words, findings: { ...words.findings, accepted: true } };
  }
}

/** Nothing came of these, or nothing was sent. */
const UNPAID: ReadonlySet<string> = new Set(['waiting', 'cancelled', 'failed']);

/** Shots that Kling (or whoever else is named) has filmed, or may be filming, with the words they have now. */
export async function paidShots(store: Store, prompts: readonly ProjectPrompt[], engine: Engine = 'kling'): Promise<Set<string>> {
  const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const takes = await store.takes.list([...byId.keys()], engine);
  return new Set(takes.filter(({ shotId, generation }) => !UNPAID.has(generation.state.status) && generation.request.prompt === byId.get(shotId)?.settings.prompt).map(({ shotId }) => shotId));
}
