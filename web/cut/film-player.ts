import { FRAME_S, isShot, lengthOf, partAt, type FilmPart } from './parts.ts';

/** Closer to a part's end than this, in seconds, its last frame was seen. */
const NEAR_END_S = 0.012;
/** Further from the film than this, in seconds, and the sound under it is put right: less is not heard. */
const SOUND_APART_S = 0.2;
/** A video this near to where it should be is left alone, in seconds. */
const THERE_S = 0.02;
const FASTEST = 4;

type Topic = 'time' | 'state';
type Slot = 0 | 1;

/**
 * Plays the film as it stands, part after part: two videos take turns, and the one that is not seen waits on the in point of
 * the next clip. Drawings and black are shown for their length by the clock.
 */
export class FilmPlayer {
  parts: readonly FilmPart[] = [];
  /** The part on the screen. Where two parts meet it says which of them is meant. */
  index = 0;
  /** In the film, in seconds. */
  timeS = 0;
  playing = false;
  /** 1, 2 or 4; negative: backwards. */
  rate = 1;
  muted = false;
  /** The video that is seen. */
  front: Slot = 0;
  private readonly videos: (HTMLVideoElement | undefined)[] = [undefined, undefined];
  private readonly urls: (string | undefined)[] = [undefined, undefined];
  private readonly broken = new Set<string>();
  private sound: { element: HTMLAudioElement; volume: number } | undefined;
  private readonly listeners: Record<Topic, Set<() => void>> = { time: new Set(), state: new Set() };
  private frame: number | undefined;
  private timer: number | undefined;
  private lastMs = 0;

  on(topic: Topic, listener: () => void): () => void {
    this.listeners[topic].add(listener);
    return () => this.listeners[topic].delete(listener);
  }

  /** @returns how to let the video go. */
  attach(slot: Slot, video: HTMLVideoElement): () => void {
    this.videos[slot] = video;
    const onError = () => {
      const url = this.urls[slot];
      if (url === undefined) return;
      this.broken.add(url);
      this.tell('state');
    };
    video.addEventListener('error', onError);
    video.muted = this.muted;
    this.show(this.index, this.offsetS());
    return () => {
      video.removeEventListener('error', onError);
      this.videos[slot] = undefined;
      this.urls[slot] = undefined;
    };
  }

  attachSound(element: HTMLAudioElement, volume: number): () => void {
    this.sound = { element, volume };
    this.tuneSound();
    return () => {
      element.pause();
      this.sound = undefined;
    };
  }

  /** Other parts, or the same in another order: the shot on the screen stays there. */
  setParts(parts: readonly FilmPart[]): void {
    const before = this.parts[this.index];
    const isStart = this.parts.length === 0;
    const clipAtS = this.clipAtS();
    this.parts = parts;
    const same = before && isShot(before) && !isSame(parts[this.index], before.shotId) ? parts.findIndex((part) => isSame(part, before.shotId)) : this.index;
    const index = Math.max(0, Math.min(same === -1 ? this.index : same, parts.length - 1));
    const part = parts[index];
    if (!part) return;
    const offsetS = isStart ? 0 : isShot(part) && clipAtS !== undefined && isSame(before, part.shotId) ? clipAtS - part.inS : this.offsetS();
    this.show(index, within(part, offsetS));
  }

  /** Where the film is on a clip that can be seen. */
  clip(): string | undefined {
    return this.clipOf(this.parts[this.index]);
  }

  play(rate = 1): void {
    const last = this.parts.at(-1);
    if (!last) return;
    if (rate > 0 && this.timeS >= last.endS - FRAME_S) this.show(0, 0);
    this.playing = true;
    this.rate = rate;
    this.lastMs = performance.now();
    this.run();
    this.next();
    this.tell('state');
  }

  pause(): void {
    this.playing = false;
    this.rate = 1;
    for (const video of this.videos) video?.pause();
    this.tuneSound();
    this.tell('state');
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** On, faster with every press; or back. */
  shuttle(direction: 1 | -1): void {
    const isSameWay = this.playing && Math.sign(this.rate) === direction;
    this.play(isSameWay ? direction * Math.min(FASTEST, Math.abs(this.rate) * 2) : direction);
  }

  seek(timeS: number): void {
    const index = partAt(this.parts, timeS);
    const part = this.parts[index];
    if (part) this.show(index, within(part, timeS - part.startS));
  }

  /** To a part, at its start or so far behind it, in seconds. */
  goTo(index: number, offsetS = 0): void {
    const part = this.parts[Math.max(0, Math.min(index, this.parts.length - 1))];
    if (part) this.show(this.parts.indexOf(part), within(part, offsetS));
  }

  step(frames: number): void {
    if (this.playing) this.pause();
    this.seek(Math.max(0, this.timeS + frames * FRAME_S));
  }

  /** Shows a moment of the clip that is on the screen, also outside of its part: where somebody trims. The film stays where it is. */
  peek(clipAtS: number): void {
    const url = this.clip();
    if (this.playing) this.pause();
    if (url !== undefined) this.cue(this.front, url, clipAtS);
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    for (const video of this.videos) if (video) video.muted = muted;
    this.tuneSound();
    this.tell('state');
  }

  /** Films in a tab that nobody sees get no frames: then a timer drives them. */
  readonly wake = (): void => {
    if (this.playing) this.next();
  };

  close(): void {
    this.playing = false;
    this.cancel();
  }

  private offsetS(): number {
    const part = this.parts[this.index];
    return part ? within(part, this.timeS - part.startS) : 0;
  }

  /** The moment of the clip on the screen. A video that runs is ahead of what was last told, and must not be set back. */
  private clipAtS(): number | undefined {
    const part = this.parts[this.index];
    if (!part || !isShot(part)) return undefined;
    const video = this.playing && this.rate > 0 && this.clip() !== undefined ? this.videos[this.front] : undefined;
    return video && !video.seeking ? video.currentTime : part.inS + this.offsetS();
  }

  private clipOf(part: FilmPart | undefined): string | undefined {
    return part && isShot(part) && part.clipUrl !== undefined && !this.broken.has(part.clipUrl) ? part.clipUrl : undefined;
  }

  private show(index: number, offsetS: number): void {
    const part = this.parts[index];
    if (!part) return;
    this.index = index;
    this.timeS = part.startS + offsetS;
    const url = this.clipOf(part);
    if (url !== undefined && isShot(part)) {
      const back: Slot = this.front === 0 ? 1 : 0;
      // The one that already waits there; else the other one, so that the picture before stays until this one is there.
      const atS = part.inS + offsetS;
      const isFront = this.urls[this.front] === url && !this.isThere(back, url, atS);
      this.front = isFront ? this.front : back;
      this.cue(this.front, url, atS);
    }
    this.run();
    this.prepare();
    this.tell('time');
    this.tell('state');
  }

  private isThere(slot: Slot, url: string, atS: number): boolean {
    return this.urls[slot] === url && Math.abs((this.videos[slot]?.currentTime ?? Number.NaN) - atS) < THERE_S;
  }

  private cue(slot: Slot, url: string, atS: number): void {
    const video = this.videos[slot];
    if (!video) return;
    if (this.urls[slot] !== url) {
      this.urls[slot] = url;
      video.src = url;
    }
    if (Math.abs(video.currentTime - atS) >= THERE_S) video.currentTime = atS;
  }

  /** The next clip waits on its in point. */
  private prepare(): void {
    const next = this.parts.slice(this.index + 1, this.index + 8).find((part) => this.clipOf(part) !== undefined);
    const url = this.clipOf(next);
    const back: Slot = this.front === 0 ? 1 : 0;
    if (next && isShot(next) && url !== undefined) this.cue(back, url, next.inS);
  }

  /** Lets the seen video run or stand, and the sound with it. */
  private run(): void {
    const runs = this.playing && this.rate > 0 && this.clip() !== undefined;
    for (const [slot, video] of this.videos.entries()) {
      if (!video) continue;
      if (!runs || slot !== this.front) {
        video.pause();
        continue;
      }
      video.playbackRate = this.rate;
      // It may be stopped again before it began, or the browser wants a click first.
      video.play().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') this.pause();
      });
    }
    this.tuneSound();
  }

  private tuneSound(): void {
    if (!this.sound) return;
    const { element, volume } = this.sound;
    element.volume = volume;
    element.muted = this.muted;
    const isOver = element.duration > 0 && this.timeS >= element.duration;
    if (!this.playing || this.rate < 0 || isOver) return element.pause();
    element.playbackRate = this.rate;
    if (Math.abs(element.currentTime - this.timeS) > SOUND_APART_S) element.currentTime = this.timeS;
    if (element.paused) element.play().catch(() => {});
  }

  private next(): void {
    this.cancel();
    if (document.hidden) this.timer = window.setTimeout(this.turn, 100);
    else this.frame = window.requestAnimationFrame(this.turn);
  }

  private cancel(): void {
    if (this.frame !== undefined) window.cancelAnimationFrame(this.frame);
    window.clearTimeout(this.timer);
    this.frame = undefined;
    this.timer = undefined;
  }

  private readonly turn = (): void => {
    if (!this.playing) return;
    const nowMs = performance.now();
    const passedS = (nowMs - this.lastMs) / 1000;
    this.lastMs = nowMs;
    if (this.rate < 0) this.goBack(passedS * -this.rate);
    else this.goOn(passedS * this.rate);
    this.tell('time');
    this.tuneSound();
    if (this.playing) this.next();
  };

  private goOn(passedS: number): void {
    const part = this.parts[this.index];
    if (!part) return this.pause();
    const video = this.clip() === undefined ? undefined : this.videos[this.front];
    if (video && isShot(part)) {
      if (!video.seeking && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.timeS = part.startS + within(part, video.currentTime - part.inS);
    } else {
      this.timeS = Math.min(part.endS, this.timeS + passedS);
    }
    const isOver = this.timeS >= part.endS - NEAR_END_S || video?.ended === true;
    if (!isOver) return;
    if (this.index + 1 < this.parts.length) return this.show(this.index + 1, 0);
    this.timeS = part.endS;
    this.pause();
  }

  private goBack(passedS: number): void {
    const timeS = Math.max(0, this.timeS - passedS);
    const part = this.parts[this.index];
    if (part && timeS >= part.startS) {
      this.timeS = timeS;
      const video = this.clip() === undefined ? undefined : this.videos[this.front];
      if (video && isShot(part) && !video.seeking) video.currentTime = part.inS + timeS - part.startS;
    } else {
      this.seek(timeS);
    }
    if (timeS === 0) this.pause();
  }

  private tell(topic: Topic): void {
    for (const listener of this.listeners[topic]) listener();
  }
}

/** The last frame still belongs to the part. */
function within(part: FilmPart, offsetS: number): number {
  return Math.max(0, Math.min(offsetS, lengthOf(part)));
}

function isSame(part: FilmPart | undefined, shotId: string): boolean {
  return part !== undefined && isShot(part) && part.shotId === shotId;
}
