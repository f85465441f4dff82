import { effectsLeftOut, quoted, unreadable, type ReadItem, type ReadTimeline } from './read-timeline.ts';
import { elementsNamed, readXml, type XmlNode } from './read-xml.ts';

/** A file that the document names. */
interface Asset {
  name: string;
  src: string | undefined;
  startS: number;
  durationS: number | undefined;
  hasVideo: boolean;
}

/**
 * Reads the one project of an FCPXML file: its primary storyline. What is connected to it and only adds sound or words is left out.
 * @throws StudioError EDIT_UNREADABLE with line and reason.
 */
export function readFcpxml(text: string, fileName: string): ReadTimeline {
  const root = readXml(text, fileName);
  if (root.name !== 'fcpxml') throw unreadable(fileName, `line ${root.line}`, `it is <${root.name}>, not <fcpxml>${root.name === 'xmeml' ? ': Final Cut 7 XML is written but not read; export FCPXML, OpenTimelineIO or EDL' : ''}`);
  const sequences = elementsNamed(root, 'project').flatMap((project) => project.children.filter(({ name }) => name === 'sequence'));
  const [sequence] = sequences;
  if (!sequence) throw unreadable(fileName, undefined, 'it has no project with a timeline');
  if (sequences.length > 1) throw unreadable(fileName, `line ${sequences[1]?.line}`, `it has ${sequences.length} timelines; export the one that is the film`);
  const spine = sequence.children.find(({ name }) => name === 'spine');
  if (!spine) throw unreadable(fileName, `line ${sequence.line}`, 'its timeline is empty');
  const reader = new SpineReader(root, sequence, fileName);
  for (const element of spine.children) reader.element(element);
  return { items: reader.items, leftOut: [...new Set(reader.leftOut), ...effectsLeftOut(reader.effects)], problems: reader.problems };
}

class SpineReader {
  readonly items: ReadItem[] = [];
  readonly leftOut: string[] = [];
  readonly effects = new Map<string, number>();
  readonly problems: string[] = [];
  private readonly assets = new Map<string, Asset>();
  private readonly rates = new Map<string, number>();
  private readonly sequenceRate: number | undefined;
  private readonly fileName: string;
  /** Where the next element should begin, in the sequence's own time. */
  private nextS: number;

  constructor(root: XmlNode, sequence: XmlNode, fileName: string) {
    this.fileName = fileName;
    for (const format of elementsNamed(root, 'format')) {
      const frameS = this.time(format, 'frameDuration');
      if (frameS !== undefined && frameS > 0) this.rates.set(format.attributes.get('id') ?? '', 1 / frameS);
    }
    for (const asset of elementsNamed(root, 'asset')) this.assets.set(asset.attributes.get('id') ?? '', this.asset(asset));
    this.sequenceRate = this.rates.get(sequence.attributes.get('format') ?? '');
    this.nextS = this.time(sequence, 'tcStart') ?? 0;
  }

  element(element: XmlNode): void {
    const { name, line } = element;
    const label = quoted(element.attributes.get('name') ?? name);
    if (name === 'transition') {
      this.leftOut.push(`the transition ${label} of line ${line} (a straight cut stands in its place)`);
      return;
    }
    // The first of an audition is the one that is shown.
    const shown = name === 'audition' ? element.children[0] : element;
    const ref = shown && this.pictureOf(shown);
    const durationS = shown && (this.time(shown, 'duration') ?? ref?.asset.durationS);
    if (!shown || durationS === undefined || durationS <= 0) {
      this.problems.push(`line ${line}, ${label}, has no length`);
      return;
    }
    this.place(element, durationS, label);
    for (const child of shown.children) this.connected(child, label);
    if (name === 'gap' || shown.attributes.get('enabled') === '0') {
      this.items.push({ kind: 'gap', durationS });
    } else if (!ref) {
      this.problems.push(`line ${line}, ${label}, is ${KINDS[shown.name] ?? `a <${shown.name}>`}; a film here is made of single clips`);
      this.items.push({ kind: 'gap', durationS });
    } else {
      this.speed(shown, `line ${line}, ${label},`);
      this.items.push({ kind: 'clip', where: `line ${line}`, names: ref.asset.src === undefined ? [ref.asset.name] : [ref.asset.src], inS: ref.inS, durationS, grid: 'media' });
    }
  }

  /** Where the file says that an element begins: later than the one before ends is black, earlier is an overlap. */
  private place(element: XmlNode, durationS: number, label: string): void {
    const offsetS = this.time(element, 'offset') ?? this.nextS;
    const halfFrameS = 0.5 / (this.sequenceRate ?? 24);
    if (offsetS > this.nextS + halfFrameS) this.items.push({ kind: 'gap', durationS: offsetS - this.nextS });
    else if (offsetS < this.nextS - halfFrameS) this.problems.push(`line ${element.line}, ${label}, begins before the clip before it ends`);
    this.nextS = Math.max(this.nextS, offsetS) + durationS;
  }

  /** The file an element shows, and from where; nothing for what is no single clip. */
  private pictureOf(element: XmlNode): { asset: Asset; inS: number } | undefined {
    const startS = this.time(element, 'start');
    if (element.name === 'asset-clip' || element.name === 'video') {
      const asset = this.assets.get(element.attributes.get('ref') ?? '');
      if (!asset?.hasVideo || element.attributes.get('srcEnable') === 'audio') return undefined;
      return { asset, inS: (startS ?? asset.startS) - asset.startS };
    }
    // A clip that was opened up: the picture lies inside of it, at an offset in the clip's own time.
    const inside = element.name === 'clip' ? element.children.filter(({ name, attributes }) => name === 'video' && (attributes.get('lane') ?? '0') === '0') : [];
    const [video] = inside;
    const asset = video && this.assets.get(video.attributes.get('ref') ?? '');
    if (!video || !asset?.hasVideo || inside.length > 1) return undefined;
    return { asset, inS: (startS ?? 0) - (this.time(video, 'offset') ?? 0) + (this.time(video, 'start') ?? asset.startS) - asset.startS };
  }

  private speed(element: XmlNode, label: string): void {
    const conform = element.children.find(({ name }) => name === 'conform-rate');
    const source = Number(conform?.attributes.get('srcFrameRate') ?? Number.NaN);
    const scaled = conform !== undefined && conform.attributes.get('scaleEnabled') !== '0';
    if (scaled && this.sequenceRate !== undefined && Math.abs(source / this.sequenceRate - 1) > 0.0005) {
      this.problems.push(`${label} of ${source} frames a second is played slower or faster to fit the timeline; a film here plays every clip at its own speed`);
    }
    const points = element.children.find(({ name }) => name === 'timeMap')?.children ?? [];
    const differs = points.some((point) => Math.abs((this.time(point, 'time') ?? 0) - (this.time(point, 'value') ?? 0)) > 1e-4);
    if (differs) this.problems.push(`${label} is played at another speed; a film here plays every clip at its own`);
  }

  /** What hangs on a clip of the storyline. */
  private connected(child: XmlNode, label: string): void {
    const { name, line, attributes } = child;
    const lane = Number(attributes.get('lane') ?? 0);
    const called = quoted(attributes.get('name') ?? name);
    if (name === 'filter-video') this.effects.set(attributes.get('name') ?? name, (this.effects.get(attributes.get('name') ?? name) ?? 0) + 1);
    if (lane === 0 || attributes.get('enabled') === '0') return;
    if (name === 'title') this.leftOut.push(`the title ${called} of line ${line}`);
    else if (name === 'spine') for (const inside of child.children) this.connected({ ...inside, attributes: new Map([...inside.attributes, ['lane', String(lane)]]) }, label);
    else if (lane < 0 || name === 'audio' || (name === 'asset-clip' && !this.pictureOf(child))) {
      // The film has that under it, whatever the editor does.
      if (!(attributes.get('name') ?? '').startsWith('under_')) this.leftOut.push(`sound of its own (${called})`);
    }
    else if (!['caption', 'gap', 'transition'].includes(name)) this.problems.push(`line ${line}, ${called}, lies over ${label}; a film has one track`);
  }

  private asset(element: XmlNode): Asset {
    const { attributes } = element;
    const src = element.children.find(({ name }) => name === 'media-rep')?.attributes.get('src') ?? attributes.get('src');
    return { name: attributes.get('name') ?? '', src, startS: this.time(element, 'start') ?? 0, durationS: this.time(element, 'duration'), hasVideo: attributes.get('hasVideo') !== '0' && (attributes.get('hasVideo') !== undefined || attributes.get('format') !== undefined) };
  }

  /** `1001/24000s`, `5s`, `2.5s`: seconds; nothing where the attribute is missing. @throws StudioError for anything else. */
  private time(element: XmlNode, key: string): number | undefined {
    const written = element.attributes.get(key);
    if (written === undefined) return undefined;
    const [, numerator = '', denominator = '1'] = /^\s*(-?\d+(?:\.\d+)?)(?:\/(\d+))?s\s*$/.exec(written) ?? [];
    const seconds = Number(numerator) / Number(denominator);
    if (numerator === '' || !Number.isFinite(seconds)) throw unreadable(this.fileName, `line ${element.line}`, `${key}="${written.slice(0, 40)}" is no time`);
    return seconds;
  }
}

const KINDS: Readonly<Record<string, string>> = { 'ref-clip': 'a compound clip', 'sync-clip': 'a synchronised clip', 'mc-clip': 'a multicam clip', title: 'a title', audio: 'sound', video: 'no clip of a file', clip: 'no clip of a single file', 'asset-clip': 'no picture' };
