import { lit, mix } from './inks.ts';
import type { SetBrief } from './stage-set.ts';
import { point, type View } from './view.ts';

/** What people stand on by the sea: a beach, the top of a cliff, or a pier that runs across the frame. `headland` is the side of the far rocks. */
export function drawShore(view: View, { inks, place, crowd }: SetBrief, water: string, headland: number): void {
  const snowOr = (colour: string): string => lit(place.snowy ? '#eaf0f4' : colour, inks);
  const foam = { colour: mix(water, '#ffffff', 0.6), widthPx: 4 * view.unit };
  const line = { colour: inks.line, widthPx: 1.5 * view.unit };
  if (place.shore === 'beach') {
    view.polygon([point(-60, 0, -60), point(60, 0, -60), point(60, 0, 3), point(20, 0, 2.2), point(6, 0, 3.4), point(-4, 0, 2.6), point(-16, 0, 3.6), point(-60, 0, 2.6)], snowOr('#d9c79c'), foam);
    return;
  }
  if (place.shore === 'cliff') {
    const rock = lit('#8c8378', inks);
    const far = (x: number, y: number) => point(x * headland, y, 62);
    view.polygon([far(16, 0), far(17.5, 6), far(19, 12), far(23, 14), far(32, 16.5), far(90, 18), far(90, 0)], rock, line);
    view.polygon([far(19, 12), far(23, 14), far(32, 16.5), far(90, 18), far(90, 15.6), far(34, 14.6), far(24, 12.4)], snowOr('#86a566'));
    view.lines([[far(22, 10), far(21, 3)], [far(27, 12.5), far(26, 5)], [far(33, 13), far(34, 4)], [far(40, 12), far(39, 6)]], mix(rock, '#000000', 0.3), 1.4 * view.unit);
    // The edge before us: grass, and the lit rim of the rock.
    view.polygon([point(-60, 0, -60), point(60, 0, -60), point(60, 0, 3.2), point(14, 0, 2.8), point(7, 0, 3.9), point(3.4, 0, 3), point(-1, 0, 3.7), point(-5, 0, 2.7), point(-13, 0, 3.6), point(-60, 0, 3)], rock, line);
    view.polygon([point(-60, 0, -60), point(60, 0, -60), point(60, 0, 2.3), point(14, 0, 2), point(7, 0, 2.9), point(3.4, 0, 2.1), point(-1, 0, 2.7), point(-5, 0, 1.9), point(-13, 0, 2.6), point(-60, 0, 2.1)], snowOr('#7da35c'));
    return;
  }
  const wood = lit('#a5825c', inks);
  const [near, back, end] = [-1.5, crowd ? 9 : 1.3, 9];
  const [left, right] = headland > 0 ? [-end, 70] : [-70, end];
  const piles = Array.from({ length: 40 }, (_, index) => left + 0.3 + index * 2.4).filter((x) => x < right);
  for (const x of piles) view.polygon([point(x, -0.75, near + 0.05), point(x + 0.26, -0.75, near + 0.05), point(x + 0.26, 0, near + 0.05), point(x, 0, near + 0.05)], mix(wood, '#000000', 0.45), line);
  view.polygon([point(left, 0, near), point(right, 0, near), point(right, 0, back), point(left, 0, back)], place.snowy ? lit('#eaf0f4', inks) : wood, line);
  view.polygon([point(left, -0.24, near), point(right, -0.24, near), point(right, 0, near), point(left, 0, near)], mix(wood, '#000000', 0.25), line);
  const planks = Array.from({ length: 160 }, (_, index) => left + index * 0.5).filter((x) => x < right);
  view.lines(planks.map((x) => [point(x, 0.002, near), point(x, 0.002, back)] as const), mix(wood, '#000000', 0.3), view.unit);
  const rail = mix(wood, '#000000', 0.2);
  view.lines([...piles.map((x) => [point(x, 0, back), point(x, 1.06, back)] as const), [point(left, 1.02, back), point(right, 1.02, back)], [point(left, 0.55, back), point(right, 0.55, back)]], rail, 3 * view.unit);
}
