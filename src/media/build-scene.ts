import { paintCity, paintRoom, paintSpace, paintStudio } from './built-settings.ts';
import { paintDesert, paintForest, paintHills, paintMountains, paintSea, type Paintbox } from './nature-settings.ts';
import { paletteFor, type Palette } from './palette.ts';
import { makePlane, type ScenePlane, type Stage } from './scene-plane.ts';
import { describeScene, type Light, type SceneDescription, type Setting } from './scene-words.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';
import { paintSky } from './sky.ts';
import { drawSubject } from './subjects.ts';

/** A scene ready to be filmed: planes from far to near, painted once. */
export interface Scene {
  description: SceneDescription;
  palette: Palette;
  stage: Stage;
  planes: ScenePlane[];
}

const PAINTERS: Record<Setting, (paintbox: Paintbox) => ScenePlane[]> = {
  hills: paintHills,
  mountains: paintMountains,
  sea: paintSea,
  forest: paintForest,
  city: paintCity,
  desert: paintDesert,
  room: paintRoom,
  space: paintSpace,
  studio: paintStudio,
};

/** Paints what the words ask for; `variant` changes palette and composition. The same input gives the same scene. */
export function buildScene(prompt: string, variant: number, width: number, height: number): Scene {
  const words = seededRandom(prompt);
  const fallback = { light: words.pick<Light>(['day', 'dawn', 'dusk']), setting: words.pick<Setting>(['hills', 'mountains', 'hills']) };
  const description = describeScene(prompt, fallback);
  const random = seededRandom(`${variant}|${prompt}`);
  const palette = paletteFor(description, variant + Math.floor(words.between(0, 3)));
  const stage: Stage = { width, height, horizon: height * random.between(0.47, 0.54), unit: Math.min(width, height) / 720 };
  const ground = PAINTERS[description.setting]({ stage, scene: description, palette, random });
  const subject = paintSubject(stage, description, palette, random);
  // The subject stands before the middle distance and behind the nearest plane.
  const sky = description.setting === 'studio' ? [] : paintSky(stage, description, palette, random); // a studio's backdrop hides it
  const planes = [...sky, ...ground];
  if (subject) planes.push(subject);
  planes.sort((one, other) => one.depth - other.depth);
  return { description, palette, stage, planes };
}

function paintSubject(stage: Stage, scene: SceneDescription, palette: Palette, random: SeededRandom): ScenePlane | undefined {
  if (scene.subject === 'none') return undefined;
  const { width, height, horizon, unit } = stage;
  const lit = scene.light === 'night' || scene.light === 'dusk';
  const side = width * (scene.setting === 'room' ? 0.5 : random.pick([random.between(0.28, 0.4), random.between(0.6, 0.72)]));
  const onWater = scene.setting === 'sea';
  const places = {
    person: { x: side, foot: horizon + height * 0.235, height: 270 * unit, depth: onWater ? 0.9 : 0.64 },
    boat: { x: side, foot: horizon + height * 0.13, height: 230 * unit, depth: 0.49 },
    lighthouse: { x: side, foot: horizon + height * (onWater ? 0.07 : 0.16), height: 300 * unit, depth: onWater ? 0.33 : 0.56 },
    house: { x: side, foot: horizon + height * 0.2, height: 190 * unit, depth: 0.6 },
    bottle: { x: scene.setting === 'studio' ? width / 2 : side, foot: horizon + height * (scene.setting === 'room' ? 0.15 : 0.13), height: 280 * unit, depth: scene.setting === 'room' ? 0.81 : 0.61 },
    cup: { x: scene.setting === 'studio' ? width / 2 : side, foot: horizon + height * (scene.setting === 'room' ? 0.15 : 0.13), height: 130 * unit, depth: scene.setting === 'room' ? 0.81 : 0.61 },
    birds: { x: side, foot: horizon * 0.72, height: 110 * unit, depth: 0.22 },
  } as const;
  const place = places[scene.subject];
  const afloat = scene.subject === 'boat' ? { x: 5 * unit, y: 7 * unit, periodS: 3.7, phase: 1 } : undefined;
  const flying = scene.subject === 'birds' ? { x: 60 * unit, y: 12 * unit, periodS: 9, phase: 0 } : undefined;
  const sway = afloat ?? flying;
  return makePlane(stage, { depth: place.depth, from: place.foot - place.height * 1.5, to: place.foot + place.height * 0.4, ...(sway && { sway }) }, (context) => drawSubject(context, scene.subject, { ...place, lit }, palette));
}
