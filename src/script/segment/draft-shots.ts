import type { SourceSpan } from '../screenplay/screenplay.ts';
import { joinedSpans, type FindParts, type Passage } from './passage.ts';
import type { Draft, Piece } from './draft.ts';
import type { Pacing } from './pacing.ts';
import type { People } from './people.ts';
import { readSentence, type ReadSentence } from './read-sentence.ts';
import { saidBy, taggedBy } from './said-by.ts';
import { isOnlyTold } from './seen-or-told.ts';
import { SceneState } from './scene-state.ts';
import type { ScriptUnit } from './script-unit.ts';
import { ownPlaceOf } from './place-words.ts';
import { partsOfSentence } from './sentences.ts';
import { partsOfLine, spokenS } from './speaking-time.ts';
import { isEnglish, type Tongue } from './tongue.ts';
import { beginsNewView, eyesAt, isTitleOfShots, looksElsewhere, MANNER_OF_PICTURE, PAUSE, spelledSize } from './view-words.ts';
import { show } from './unbroken-view.ts';
import { Whereabouts } from './whereabouts.ts';
import { WhoFollower, type WhoIsMeant } from './who-is-meant.ts';

/** Puts sentences and speeches together to shots. Sees each unit once, so time grows with the script alone. */
export class ShotDrafter {
  readonly drafts: Draft[] = [];
  readonly leftOut: { words: string; source: SourceSpan }[] = [];
  /** Sentences of a story with nothing to see in them. */
  readonly onlyTold: Passage[] = [];
  private readonly follower: WhoFollower;
  private readonly whereabouts = new Whereabouts();
  private state: SceneState;
  private heading: string | undefined;
  private scene = 1;
  private open: Draft | undefined;
  private cut = true;
  /** Lines that wait for the next shot: a heading, words for the editor at the top. */
  private waiting: SourceSpan | undefined;

  /** `SLOW MOTION.` that belongs to the picture after it. */
  private ahead: Passage | undefined;

  private readonly people: People;
  private readonly pacing: Pacing;
  private readonly findParts: FindParts;

  private readonly told: boolean;
  private readonly tongue: Tongue;
  private readonly onlySeen: boolean;

  /** @param how.told the script is a story: it says by the way where it plays, and not in headings. `onlySeen`: what cannot be seen makes no shot. */
  constructor({ people, pacing, findParts, told, tongue, onlySeen }: { people: People; pacing: Pacing; findParts: FindParts; told: boolean; tongue: Tongue; onlySeen: boolean }) {
    this.onlySeen = onlySeen;
    this.told = told;
    this.tongue = tongue;
    this.state = new SceneState({}, told, tongue);
    this.people = people;
    this.pacing = pacing;
    this.findParts = findParts;
    this.follower = new WhoFollower(people);
  }

  /** What still waits for a shot belongs to the last. */
  finish(): void {
    this.settle();
    const last = this.drafts.at(-1);
    if (last && this.waiting) last.source = joinedSpans(last.source, this.waiting);
    this.waiting = undefined;
  }

  take(unit: ScriptUnit): void {
    if (unit.kind !== 'picture') this.settle();
    switch (unit.kind) {
      case 'scene':
        // A scene that shows nothing is none: two headings below each other count once.
        if (this.drafts.at(-1)?.scene === this.scene) this.scene += 1;
        this.heading = unit.heading;
        this.state = new SceneState(unit.place, this.told, this.tongue);
        if (unit.goesOn === true) this.whereabouts.move();
        else {
          this.follower.newScene();
          this.whereabouts.newPart();
        }
        this.open = undefined;
        this.cut = true;
        if (unit.source) this.wait(unit.source);
        return;
      case 'place':
        if (unit.place.where !== undefined && this.state.place.where !== undefined) this.whereabouts.move();
        this.state.place = { ...this.state.place, ...unit.place };
        return;
      case 'cut':
        this.cut = true;
        return;
      case 'picture':
        for (const [index, sentence] of unit.sentences.flatMap((one) => this.shortened(one)).entries()) this.takeSentence(sentence, { alone: unit.alone, opens: unit.opens && index === 0 });
        if (unit.alone !== undefined && this.open) this.open.closed = true;
        return;
      case 'speech':
        this.takeSpeech(unit);
        return;
      case 'left-out': {
        this.leftOut.push({ words: unit.words, source: unit.source });
        // `MONTAGE - CLARA GETS READY`: she is Clara below it.
        if (isTitleOfShots(unit.words)) this.follower.read(this.people.spelled(unit.words), true);
        const last = this.waiting === undefined ? this.drafts.at(-1) : undefined;
        if (last) last.source = joinedSpans(last.source, unit.source);
        else this.wait(unit.source);
      }
    }
  }

  /** No picture came: how it is taken was said of the one before. */
  private settle(): void {
    if (this.ahead === undefined) return;
    if (this.open === undefined || this.cut) this.wait(this.ahead.source);
    else this.addManner(this.open, this.ahead);
    this.ahead = undefined;
  }

  private addManner(draft: Draft, { text, source }: Passage): void {
    const read = readSentence(text, this.people, this.pacing);
    draft.pieces.push({ words: read.words, who: spokenBy([]), said: false, read: { ...read, events: 0, verbs: [] } });
    draft.written.push(text);
    draft.source = joinedSpans(draft.source, source);
  }

  private wait(source: SourceSpan): void {
    this.waiting = this.waiting === undefined ? source : joinedSpans(this.waiting, source);
  }

  private shortened(sentence: Passage): Passage[] {
    const parts = partsOfSentence(sentence.text);
    if (parts.length < 2) return [sentence];
    const spans = this.findParts(sentence.source, parts);
    return parts.map((text, index) => ({ text, source: spans[index] ?? sentence.source }));
  }

  private takeSentence(given: Passage, { alone, opens }: { alone: 'item' | 'montage' | undefined; opens: boolean }): void {
    const { open, ahead } = this;
    if (MANNER_OF_PICTURE.test(given.text)) {
      this.settle();
      if (!opens && open !== undefined && !this.cut) this.addManner(open, given);
      else this.ahead = given;
      return;
    }
    const passage = ahead === undefined ? given : { text: `${ahead.text} ${given.text}`, source: joinedSpans(ahead.source, given.source) };
    this.ahead = undefined;
    if (PAUSE.test(passage.text) && open !== undefined && !this.cut) {
      open.written.push(passage.text);
      open.seconds = Math.min(open.seconds + this.pacing.stretch, this.pacing.longestS);
      open.source = joinedSpans(open.source, passage.source);
      return;
    }
    const read = readSentence(passage.text, this.people, this.pacing);
    const onlyTold = this.onlySeen && alone === undefined && !read.newView && isOnlyTold(passage.text);
    const who = withoutEyes(this.follower.read(read.words, onlyTold), read.words);
    if (onlyTold) {
      // Told and not seen: it stays with the shot before it, whose picture it explains, and is not sent.
      this.onlyTold.push(passage);
      if (open === undefined || this.cut) this.wait(passage.source);
      else {
        open.written.push(passage.text);
        open.source = joinedSpans(open.source, passage.source);
      }
      return;
    }
    // `She looks at the plate. Then at Kofi.`
    const isRest = !opens && read.verbs.length === 0 && /^(?:then|and|but|or|at|to|into|onto|until)\s/iu.test(passage.text) && open !== undefined && open.lines.length === 0 && !open.closed && !this.cut;
    // `It stood back from the road`: what it is, only the picture before can show.
    const isIt = !opens && IT.test(passage.text) && open !== undefined && open.lines.length === 0 && !open.closed && !this.cut && !read.newView && open.seconds + read.seconds <= this.pacing.longestS;
    const joins = open !== undefined && (isRest || isIt || ((alone === undefined || !opens) && !read.newView && !this.cut && this.joinsPicture(open, read, who, opens)));
    if (joins) {
      open.pieces.push({ words: read.words, who, said: false, read });
      open.written.push(passage.text);
      if (who.subject !== undefined) open.subjects.push(who.subject);
      show(open, who.seen);
      open.seconds += read.seconds;
      open.events += read.events;
      open.source = joinedSpans(open.source, passage.source);
    } else {
      // Pictures of a montage are where their own words say, whatever heading is above them.
      const ownPlace = alone === 'montage' && isEnglish(this.tongue) ? ownPlaceOf(read.words) : undefined;
      this.draft(passage.source, {
        pieces: [{ words: read.words, who, said: false, read }],
        written: [passage.text],
        seen: who.seen,
        subjects: who.subject === undefined ? [] : [who.subject],
        seconds: read.seconds,
        events: read.events,
        newView: read.newView || alone === 'montage',
        elsewhere: read.elsewhere || alone === 'montage',
        ...(ownPlace === undefined ? {} : { isElsewhere: true, where: { ...ownPlace, ...(this.state.place.time === undefined ? {} : { time: this.state.place.time }) } }),
        things: this.state.thingWords(who.seen, read.words),
        introduces: this.bringsIn(passage.text, read.words, who),
      });
    }
    this.state.read(read.words, who.subject, [...who.named, ...who.pronouns]);
    if (this.open) this.open.place = this.placeOf(this.open);
  }

  /** Whether somebody comes in: by name in capitals, or as `a man`. */
  private bringsIn(written: string, words: string, { subject, named }: WhoIsMeant): boolean {
    if (/(?<!\p{L})\p{Lu}{2,}/u.test(written) && named.some(({ who }) => this.people.named(who) !== undefined && written.includes(who.toUpperCase()))) return true;
    return named.some(({ who, start }) => who === subject && SOMEBODY_NEW.test(words.slice(start)));
  }

  private joinsPicture(open: Draft, read: ReadSentence, { subject, seen }: WhoIsMeant, opens: boolean): boolean {
    if (open.closed) return false;
    const words = read.words.split(/\s+/).length;
    const fits = open.seconds + read.seconds <= Math.max(this.pacing.togetherS, open.lines.length > 0 ? this.pacing.shortClipS : 0);
    const inView = subject === undefined ? seen.length === 0 || seen.some((one) => open.view.includes(one)) || open.view.length === 0 : open.view.includes(subject) || open.view.length === 0;
    if (opens || open.lines.length > 0) {
      // A few words behind a line end it: `He nods.` Behind a picture only what happens not at all does: `Dust.`
      if (words > 4 || (subject === undefined ? seen.length > 0 : !open.view.includes(subject))) return false;
      return fits && (open.lines.length > 0 ? subject !== undefined || read.events <= 0.5 : subject === undefined && read.events === 0);
    }
    return fits && inView && open.events + read.events <= this.pacing.events + 0.5;
  }

  private takeSpeech(unit: Extract<ScriptUnit, { kind: 'speech' }>): void {
    const { lines, source, opens } = unit;
    const told = unit.told === undefined ? undefined : spelledSize(this.people.spelled(unit.told));
    const newView = told !== undefined && beginsNewView(told);
    const [first] = lines;
    if (first === undefined) return;
    const seconds = Math.max(...lines.map(({ text }) => spokenS(text)));
    if (lines.length > 1 && seconds > this.pacing.longestS) {
      for (const line of lines) this.takeSpeech({ ...unit, lines: [line] });
      return;
    }
    const unseen = lines.every((line) => line.unseen);
    const speakers = lines.flatMap(({ speaker, unseen: off }) => (speaker === undefined || off ? [] : [speaker]));
    const who = told === undefined ? spokenBy(speakers) : taggedBy(this.follower.read(told), told, speakers[0]);
    const leads = speakers[0] ?? (unseen ? undefined : who.subject);
    const { open } = this;
    if (open !== undefined && !this.cut && !newView && this.joinsSpeech(open, { seconds, unseen, speakers: leads === undefined ? speakers : [leads, ...speakers.slice(1)], opens, inProse: told !== undefined })) {
      open.pieces.push({ words: told ?? saidBy(lines, this.tongue), who, said: true });
      open.lines.push(...lines);
      open.written.push(told ?? lines.map(({ speaker, text }) => `${speaker ?? ''}: ${text}`).join('\n'));
      show(open, [...(leads === undefined ? [] : [leads]), ...speakers]);
      open.seconds += seconds;
      open.source = joinedSpans(open.source, source);
      if (leads !== undefined) this.follower.speaks(leads);
      return;
    }
    const parts = lines.length > 1 ? [first.text] : partsOfLine(first.text, this.pacing.longestS);
    const spans = this.findParts(source, parts);
    for (const [index, part] of parts.entries()) {
      const said = lines.length > 1 ? lines : [{ ...first, text: part }];
      const whole = parts.length === 1;
      this.draft(spans[index] ?? source, {
        pieces: [...(unseen && told === undefined ? this.pictureBefore() : []), { words: (whole ? told : undefined) ?? saidBy(said.map((line) => (line.speaker === undefined && leads !== undefined ? { ...line, speaker: leads } : line)), this.tongue), who: whole ? who : spokenBy(leads === undefined ? [] : [leads]), said: true }],
        written: [whole ? (told ?? saidBy(said, this.tongue)) : part],
        lines: [...said],
        seen: unseen ? (told === undefined ? (this.open?.seen ?? []) : who.seen) : [...new Set([...(leads === undefined ? [] : [leads]), ...speakers])],
        ...(leads === undefined ? {} : { subjects: [leads] }),
        seconds: whole ? seconds : spokenS(part),
        reverse: index % 2 === 1,
        newView: newView && index === 0,
        elsewhere: told !== undefined && looksElsewhere(told),
        closed: !whole,
        things: this.state.thingWords(speakers, told ?? ''),
      });
    }
    if (leads !== undefined) this.follower.speaks(leads);
  }

  /** The picture over which a voice goes on: whoever was seen listens. */
  private pictureBefore(): Piece[] {
    const { open } = this;
    if (open === undefined || this.cut) return [];
    const pictures = open.pieces.filter((piece) => !piece.said);
    const [listener] = open.seen;
    if (listener === undefined || !isEnglish(this.tongue) || (pictures.length > 0 && pictures.every(({ read }) => read.events === 0))) return pictures;
    const words = `${listener.charAt(0).toUpperCase()}${listener.slice(1)} listens.`;
    return [{ words, who: spokenBy([listener]), said: false, read: { words, events: 0, verbs: ['listen'], seconds: 0, newView: false, elsewhere: false } }];
  }

  private joinsSpeech(open: Draft, { seconds, unseen, speakers, opens, inProse }: { seconds: number; unseen: boolean; speakers: readonly string[]; opens: boolean; inProse: boolean }): boolean {
    if (open.closed) return false;
    const sameSpeaker = open.lines.length === 0 || (open.lines.length < 3 && open.lines.every(({ speaker }) => speaker !== undefined && speakers.includes(speaker)));
    if (!sameSpeaker) return false;
    if (unseen) return !(inProse && opens) && open.seconds + seconds <= this.pacing.longestS;
    if (speakers.some((speaker) => !open.view.includes(speaker)) || (speakers.length === 0 && (!inProse || opens))) return false;
    if (open.subjects.length > 0 && !speakers.includes(open.subjects.at(-1) ?? '') && speakers.length > 0) return false;
    // A picture that brings somebody in is seen before anybody speaks.
    if (open.introduces) return false;
    return open.seconds + seconds <= (inProse && !opens ? this.pacing.longestS : this.pacing.shortClipS);
  }

  private placeOf(draft: Draft): string {
    return this.state.placeWords(wordsOf(draft), draft.isElsewhere);
  }

  private draft(source: SourceSpan, given: Pick<Draft, 'pieces' | 'written' | 'seen' | 'seconds' | 'things'> & Partial<Draft>): void {
    const last = this.drafts.at(-1);
    const draft: Draft = {
      scene: this.scene,
      ...(this.heading === undefined ? {} : { heading: this.heading }),
      where: { ...this.state.place },
      lines: [],
      subjects: [],
      events: 0,
      newView: false,
      elsewhere: false,
      isElsewhere: false,
      reverse: false,
      continues: false,
      place: '',
      closed: false,
      introduces: false,
      view: [],
      before: this.cut || last?.scene !== this.scene ? undefined : last,
      ...given,
      source: this.waiting === undefined ? source : joinedSpans(this.waiting, source),
    };
    show(draft, []);
    draft.isElsewhere ||= this.told && this.whereabouts.see(draft.seen);
    draft.place = this.placeOf(draft);
    this.waiting = undefined;
    this.cut = false;
    this.open = draft;
    this.drafts.push(draft);
  }
}

const SOMEBODY_NEW = /^(?:an?|another|une?|eine?|una|uno)\s/iu;
const IT = /^(?:it|its)\s(?!(?:was|is)\s(?:a|an|the|then|there|not|only|now|late|early|dark|cold|raining|snowing|morning|night|evening|noon|midnight|dawn|dusk)\b|(?:rained|snowed|rains|snows)\b)/iu;

/** Whoever looks is not seen. */
function withoutEyes(meant: WhoIsMeant, words: string): WhoIsMeant {
  const at = eyesAt(words);
  const whose = at === undefined ? undefined : meant.named.find(({ start }) => start === at)?.who;
  if (whose === undefined || meant.named.filter(({ who }) => who === whose).length > 1) return meant;
  const { subject, ...others } = meant;
  return { ...others, ...(subject === undefined || subject === whose ? {} : { subject }), seen: meant.seen.filter((who) => who !== whose) };
}

const wordsOf = ({ pieces }: Draft): string => pieces.map(({ words }) => words).join(' ');

function spokenBy(speakers: readonly string[]): WhoIsMeant {
  return { seen: [...speakers], ...(speakers[0] === undefined ? {} : { subject: speakers[0] }), named: speakers.map((who) => ({ who, start: 0 })), pronouns: [] };
}
