import type { SKRSContext2D } from '@napi-rs/canvas';
import type { ObjectShape } from '../staging/thing-words.ts';
import { lit, mix, type Inks } from './inks.ts';
import type { Point, View } from './view.ts';

type Sketch = (pen: Pen) => void;

/** Lies flat on the table, or stands on it. */
const FLAT: readonly ObjectShape[] = ['paper', 'map', 'photo', 'phone', 'key', 'gun', 'blade', 'coins', 'pen', 'hand', 'book', 'rope'];

/** Height of an object in metres, as it fills the frame of an insert. */
export const OBJECT_M = 0.3;

/**
 * Draws an object large, with its foot (or, for what lies flat, its middle) at a point of the set. `squash` is how much the
 * table's slant flattens what lies on it, 0..1.
 */
export function drawObject(view: View, shape: ObjectShape, at: Point, squash: number, inks: Inks, shift = 0, mirrored = false): void {
  const place = view.disc(at, OBJECT_M);
  if (!place) return;
  const { context } = view;
  context.save();
  context.translate(place.x + shift * place.r, place.y);
  const flat = FLAT.includes(shape);
  context.scale((mirrored ? -1 : 1) * (place.r / 100), (place.r / 100) * (flat ? squash : 1));
  SKETCHES[shape](new Pen(context, inks, 220 * view.unit / Math.max(40, place.r)));
  context.restore();
}

/** Draws in hundredths of the object's height: 0,0 is its foot, y goes down. */
class Pen {
  private readonly context: SKRSContext2D;
  private readonly inks: Inks;
  private readonly lineWidth: number;

  constructor(context: SKRSContext2D, inks: Inks, scale: number) {
    this.context = context;
    this.inks = inks;
    this.lineWidth = Math.max(0.5, scale * 1.1);
  }

  shape(colour: string, trace: (context: SKRSContext2D) => void, lineShare = 1): this {
    const { context } = this;
    context.beginPath();
    trace(context);
    context.fillStyle = lit(colour, this.inks);
    context.fill();
    if (lineShare > 0) this.ink(lineShare);
    return this;
  }

  stroke(trace: (context: SKRSContext2D) => void, share = 1, colour = this.inks.line): this {
    this.context.beginPath();
    trace(this.context);
    this.context.strokeStyle = colour;
    this.context.lineWidth = this.lineWidth * share;
    this.context.stroke();
    return this;
  }

  box(colour: string, x: number, y: number, wide: number, high: number, corner = 0): this {
    return this.shape(colour, (context) => context.roundRect(x, y, wide, high, corner));
  }

  oval(colour: string, x: number, y: number, rx: number, ry: number, lineShare = 1): this {
    return this.shape(colour, (context) => context.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2), lineShare);
  }

  corners(colour: string, ...corners: (readonly [number, number])[]): this {
    return this.shape(colour, (context) => {
      for (const [index, [x, y]] of corners.entries()) if (index === 0) context.moveTo(x, y); else context.lineTo(x, y);
      context.closePath();
    });
  }

  lines(from: number, to: number, step: number, left: number, right: number): this {
    return this.stroke((context) => {
      for (let y = from; y <= to; y += step) {
        context.moveTo(left, y);
        context.lineTo(right - ((y * 7) % 23), y);
      }
    }, 0.8, mix(this.inks.line, '#8a8f98', 0.4));
  }

  private ink(share: number): void {
    this.context.strokeStyle = this.inks.line;
    this.context.lineWidth = this.lineWidth * share;
    this.context.lineJoin = 'round';
    this.context.stroke();
  }
}

const SKIN = '#e6c8a6';

const SKETCHES: Record<ObjectShape, Sketch> = {
  paper: (pen) => pen.corners('#f6f1e4', [-42, -58], [40, -62], [44, 58], [-46, 60]).lines(-42, 38, 11, -32, 32),
  map: (pen) => pen.corners('#ead9ae', [-75, -52], [76, -56], [78, 54], [-78, 56]).stroke((c) => { for (const x of [-26, 26]) { c.moveTo(x, -54); c.lineTo(x, 55); } }, 0.6).corners('#a9c28a', [-60, -30], [-20, -44], [-8, -6], [-44, 12]).corners('#9ac0d0', [10, -40], [64, -30], [56, 6], [18, 2]).stroke((c) => { c.moveTo(-50, 40); c.bezierCurveTo(-20, 10, 20, 50, 56, 24); }, 1.4, '#b03a2e').stroke((c) => { c.moveTo(50, 18); c.lineTo(62, 30); c.moveTo(62, 18); c.lineTo(50, 30); }, 1.8, '#b03a2e'),
  book: (pen) => pen.box('#7a3b34', -74, -52, 148, 106, 5).corners('#f4eedd', [-68, -48], [0, -42], [0, 50], [-68, 46]).corners('#efe8d4', [68, -48], [0, -42], [0, 50], [68, 46]).lines(-30, 34, 11, -58, -8).lines(-30, 34, 11, 10, 62),
  phone: (pen) => pen.box('#22252b', -32, -64, 64, 128, 10).box('#8fc3e6', -27, -54, 54, 102, 4).box('#e9f4fb', -20, -40, 40, 16, 4).box('#e9f4fb', -14, -16, 34, 12, 4).box('#9bd6a3', -20, 4, 34, 12, 4),
  key: (pen) => pen.shape('#c9a24a', (c) => { c.arc(-50, 0, 27, 0, Math.PI * 2); }).oval('#6b5a48', -50, 0, 13, 13).box('#c9a24a', -24, -6, 104, 12, 2).box('#c9a24a', 48, 6, 10, 22).box('#c9a24a', 66, 6, 12, 16),
  gun: (pen) => pen.corners('#5a3f30', [-62, -8], [-34, -8], [-46, 54], [-78, 50]).box('#3a3f47', -70, -34, 148, 30, 4).box('#565c66', -8, -30, 84, 12, 2).stroke((c) => c.arc(-22, 6, 15, -0.2, Math.PI), 1.6),
  blade: (pen) => pen.corners('#cfd6dc', [-14, -13], [72, -13], [96, 6], [60, 13], [-14, 13]).box('#5f4432', -84, -14, 70, 28, 8).box('#8c7a4a', -18, -20, 8, 40, 2),
  dial: (pen) => pen.oval('#b8914a', 0, -55, 56, 56).oval('#f7f3e8', 0, -55, 46, 46).stroke((c) => { for (let hour = 0; hour < 12; hour += 1) { const a = (hour / 6) * Math.PI; c.moveTo(Math.sin(a) * 38, -55 - Math.cos(a) * 38); c.lineTo(Math.sin(a) * 44, -55 - Math.cos(a) * 44); } }, 1.4).stroke((c) => { c.moveTo(0, -55); c.lineTo(19, -70); }, 2.6).stroke((c) => { c.moveTo(0, -55); c.lineTo(-12, -88); }, 1.8).oval('#2a2a30', 0, -55, 4, 4),
  cup: (pen) => pen.oval('#e8e2d6', 0, -4, 66, 13).stroke((c) => c.ellipse(52, -46, 20, 21, 0, -1.4, 1.6), 5, '#c9573f').shape('#c9573f', (c) => { c.moveTo(-48, -78); c.lineTo(48, -78); c.bezierCurveTo(48, -20, 34, -8, 26, -6); c.lineTo(-26, -6); c.bezierCurveTo(-34, -8, -48, -20, -48, -78); }).oval('#5a3a28', 0, -78, 48, 12).stroke((c) => { for (const x of [-16, 8]) { c.moveTo(x, -94); c.bezierCurveTo(x + 14, -106, x - 12, -114, x + 4, -130); } }, 1.6, '#ffffff'),
  glass: (pen) => pen.oval('#d5dde0', 0, -4, 34, 8).box('#d5dde0', -3, -48, 6, 44).shape('#dfe9ee', (c) => { c.moveTo(-34, -112); c.lineTo(34, -112); c.bezierCurveTo(34, -60, 12, -48, 0, -48); c.bezierCurveTo(-12, -48, -34, -60, -34, -112); }).shape('#a63d44', (c) => { c.moveTo(-32, -88); c.lineTo(32, -88); c.bezierCurveTo(28, -58, 10, -50, 0, -50); c.bezierCurveTo(-10, -50, -28, -58, -32, -88); }),
  bottle: (pen) => pen.shape('#3f7a62', (c) => { c.moveTo(-30, -4); c.lineTo(30, -4); c.lineTo(30, -76); c.bezierCurveTo(30, -94, 11, -96, 11, -112); c.lineTo(11, -132); c.lineTo(-11, -132); c.lineTo(-11, -112); c.bezierCurveTo(-11, -96, -30, -94, -30, -76); c.closePath(); }).box('#c9a24a', -13, -140, 26, 14, 2).box('#f0e8d4', -30, -64, 60, 36).lines(-54, -38, 8, -20, 22),
  photo: (pen) => pen.corners('#fbf8f0', [-58, -52], [56, -56], [60, 54], [-60, 56]).corners('#9fc0d6', [-48, -42], [47, -46], [50, 26], [-50, 28]).oval('#e6c8a6', -16, -14, 11, 13).corners('#c9573f', [-34, 27], [-28, 4], [-4, 4], [2, 26]).oval('#e6c8a6', 18, -10, 11, 13).corners('#3f6a9a', [0, 27], [6, 8], [30, 8], [36, 26]),
  ring: (pen) => pen.stroke((c) => c.ellipse(0, -40, 38, 38, 0, 0, Math.PI * 2), 9, '#8c6a28').stroke((c) => c.ellipse(0, -40, 38, 38, 0, 0, Math.PI * 2), 6, '#e0b84a').corners('#d8f0fa', [-16, -84], [16, -84], [24, -96], [0, -114], [-24, -96]).corners('#ffffff', [-8, -86], [8, -86], [0, -110]),
  coins: (pen) => { for (const [x, y] of [[-42, 12], [8, 22], [44, -6], [-10, -20], [26, -40], [-46, -34]] as const) pen.oval('#d9ae45', x, y, 24, 24).oval('#efca6a', x, y, 16, 16, 0.5); },
  candle: (pen) => pen.oval('#8f7a5a', 0, -4, 42, 10).box('#f3ead2', -15, -84, 30, 82, 3).stroke((c) => { c.moveTo(0, -84); c.lineTo(0, -93); }, 1.6).shape('#ffb53d', (c) => { c.moveTo(0, -128); c.bezierCurveTo(17, -104, 12, -90, 0, -90); c.bezierCurveTo(-12, -90, -17, -104, 0, -128); }).oval('#fff0b0', 0, -99, 4.5, 8, 0),
  lantern: (pen) => pen.stroke((c) => c.arc(0, -112, 24, Math.PI, 0), 2.4).corners('#4a4f58', [-34, -104], [34, -104], [24, -118], [-24, -118]).box('#ffdf8f', -30, -104, 60, 88, 4).box('#4a4f58', -38, -18, 76, 16, 3).stroke((c) => { for (const x of [-30, 0, 30]) { c.moveTo(x, -104); c.lineTo(x, -18); } }, 1.6).shape('#ff9f3a', (c) => { c.moveTo(0, -84); c.bezierCurveTo(16, -58, 10, -40, 0, -40); c.bezierCurveTo(-10, -40, -16, -58, 0, -84); }),
  box: (pen) => pen.box('#9a6b42', -66, -66, 132, 62, 3).shape('#b0804f', (c) => { c.moveTo(-66, -66); c.bezierCurveTo(-66, -110, 66, -110, 66, -66); c.closePath(); }).box('#5a5048', -66, -70, 132, 8).box('#d9ae45', -10, -76, 20, 24, 3).stroke((c) => { for (const x of [-44, 44]) { c.moveTo(x, -96); c.lineTo(x, -4); } }, 1.2),
  parcel: (pen) => pen.box('#b98f63', -60, -84, 120, 80, 3).box('#d9c3a0', -8, -84, 16, 80).box('#d9c3a0', -60, -52, 120, 14),
  screen: (pen) => pen.corners('#8f959d', [-84, -2], [84, -2], [66, -24], [-66, -24]).box('#2a2e35', -66, -116, 132, 92, 5).box('#9fd0ec', -59, -109, 118, 78, 2).lines(-94, -50, 12, -48, 40),
  flower: (pen) => { pen.stroke((c) => { c.moveTo(0, -2); c.bezierCurveTo(8, -30, -6, -52, 0, -84); }, 3, '#4f7a45').corners('#5f8f4f', [0, -28], [34, -52], [24, -26]).corners('#5f8f4f', [0, -40], [-34, -62], [-26, -38]); for (let leaf = 0; leaf < 7; leaf += 1) { const a = (leaf / 7) * Math.PI * 2; pen.oval('#d9576b', Math.cos(a) * 21, -98 + Math.sin(a) * 21, 16, 16); } pen.oval('#f0c24a', 0, -98, 13, 13); },
  hand: (pen) => { pen.corners('#5b6f8c', [-30, 120], [36, 120], [30, 44], [-24, 44]).shape(SKIN, (c) => { c.moveTo(-26, 54); c.bezierCurveTo(-42, 18, -38, -10, -34, -18); c.lineTo(32, -22); c.bezierCurveTo(40, 6, 36, 30, 28, 54); c.closePath(); }); for (const [x, tip] of [[-27, -62], [-9, -78], [9, -76], [26, -60]] as const) pen.box(SKIN, x - 8, tip, 16, 62 + (tip + 78) * 0.2, 8); pen.shape(SKIN, (c) => { c.moveTo(-34, 22); c.bezierCurveTo(-66, 4, -70, -16, -66, -28); c.bezierCurveTo(-56, -36, -48, -10, -30, -4); c.closePath(); }); },
  shoe: (pen) => pen.shape('#e6e2d8', (c) => { c.roundRect(-74, -14, 150, 14, 6); }).shape('#3f6fb0', (c) => { c.moveTo(-70, -14); c.lineTo(-72, -70); c.bezierCurveTo(-50, -84, -34, -66, -24, -66); c.bezierCurveTo(0, -40, 30, -34, 58, -32); c.bezierCurveTo(74, -28, 76, -18, 74, -14); c.closePath(); }).stroke((c) => { for (const x of [-18, -2, 14]) { c.moveTo(x, -58 + (x + 18) * 0.5); c.lineTo(x + 12, -40 + (x + 18) * 0.28); } }, 2, '#ffffff'),
  fruit: (pen) => pen.shape('#c8453d', (c) => { c.moveTo(0, -78); c.bezierCurveTo(40, -98, 62, -60, 48, -24); c.bezierCurveTo(36, 2, 14, 0, 0, -4); c.bezierCurveTo(-14, 0, -36, 2, -48, -24); c.bezierCurveTo(-62, -60, -40, -98, 0, -78); }).stroke((c) => { c.moveTo(0, -78); c.lineTo(6, -102); }, 3, '#5a3f2a').corners('#6f9a4f', [6, -96], [36, -110], [26, -90]),
  kettle: (pen) => pen.stroke((c) => c.arc(0, -70, 46, Math.PI * 1.12, Math.PI * 1.88), 6, '#4a4038').corners('#b0703f', [44, -36], [88, -76], [94, -68], [52, -14]).shape('#c07f4a', (c) => { c.moveTo(-38, -72); c.lineTo(38, -72); c.bezierCurveTo(64, -46, 60, -6, 44, -3); c.lineTo(-44, -3); c.bezierCurveTo(-60, -6, -64, -46, -38, -72); }).oval('#a86a3a', 0, -72, 30, 9).oval('#4a4038', 0, -82, 8, 7),
  tin: (pen) => pen.box('#8fa58a', -44, -84, 88, 80, 5).oval('#a9bca3', 0, -84, 44, 12).box('#e9e2d0', -44, -58, 88, 30),
  bowl: (pen) => pen.shape('#dfe6ea', (c) => { c.moveTo(-72, -56); c.lineTo(72, -56); c.bezierCurveTo(62, -14, 34, -4, 26, -4); c.lineTo(-26, -4); c.bezierCurveTo(-34, -4, -62, -14, -72, -56); }).oval('#d9a552', 0, -56, 72, 17).oval('#7a9a4f', -20, -58, 13, 6, 0.6).oval('#c8553d', 22, -56, 12, 5, 0.6),
  knob: (pen) => pen.box('#8a6246', -110, -150, 220, 150).box('#c9a24a', -24, -120, 48, 96, 6).oval('#e0be5e', 0, -86, 25, 25).oval('#f0d88a', -6, -92, 10, 10, 0).oval('#2a2420', 0, -44, 6, 6).corners('#2a2420', [-4, -42], [4, -42], [6, -30], [-6, -30]),
  rope: (pen) => {
    pen.shape('#c9a878', (c) => { c.moveTo(-320, -30); c.bezierCurveTo(-160, 10, -80, -26, 0, -12); c.bezierCurveTo(80, -26, 160, 10, 320, -30); c.lineTo(320, -8); c.bezierCurveTo(160, 32, 80, -4, 0, 12); c.bezierCurveTo(-80, -4, -160, 32, -320, -8); c.closePath(); });
    for (let x = -230; x <= 230; x += 20) pen.stroke((c) => { c.moveTo(x - 6, -6); c.lineTo(x + 6, 6); }, 0.7);
    pen.oval('#c9a878', -12, -4, 17, 30).oval('#d6b88a', 12, 2, 17, 30).oval('#c9a878', 0, -2, 30, 13);
  },
  pen: (pen) => pen.corners('#3f5f9a', [-84, -9], [46, -9], [46, 9], [-84, 9]).corners('#e0c8a0', [46, -9], [76, 0], [46, 9]).corners('#22242a', [68, -3], [80, 0], [68, 3]),
};
