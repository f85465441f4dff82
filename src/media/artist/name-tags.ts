import { textFont } from '../fonts.ts';
import type { NameTag } from './compose.ts';
import { isDark } from './inks.ts';
import type { View } from './view.ts';

/** A small tag with the name above each head; beside it where the head fills the frame. */
export function drawNameTags(view: View, tags: readonly NameTag[]): void {
  const { context, unit, width, height } = view;
  const taken: { left: number; right: number; top: number }[] = [];
  for (const { name, colour, crown } of tags) {
    const head = view.disc(crown(view), 0.1);
    if (!head || head.x < -width * 0.1 || head.x > width * 1.1) continue;
    const size = 19 * unit;
    context.font = textFont(size, 700);
    const text = name.length > 22 ? `${name.slice(0, 21)}…` : name;
    const wide = context.measureText(text).width + 18 * unit;
    const high = size * 1.5;
    const near = head.r > 46 * unit;
    let left = near ? head.x - wide / 2 + (head.x < width / 2 ? -1 : 1) * head.r * 2.5 : head.x - wide / 2;
    left = Math.max(10 * unit, Math.min(width - wide - 10 * unit, left));
    let top = near ? head.y + head.r * 2.4 : head.y - high - 10 * unit;
    top = Math.max(76 * unit, Math.min(height - 150 * unit, top));
    while (taken.some((other) => Math.abs(other.top - top) < high && left < other.right && other.left < left + wide)) top -= high * 1.05;
    taken.push({ left, right: left + wide, top });
    context.fillStyle = colour;
    context.strokeStyle = 'rgba(16,18,24,0.85)';
    context.lineWidth = 1.6 * unit;
    context.beginPath();
    context.roundRect(left, top, wide, high, high / 3);
    context.fill();
    context.stroke();
    context.fillStyle = isDark(colour) ? '#ffffff' : '#15171c';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(text, left + wide / 2, top + high / 2 + unit);
    context.textAlign = 'left';
  }
}
