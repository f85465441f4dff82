import type { Handlers } from '../call.ts';
import { changeHandlers } from './changes.ts';
import { cutHandlers } from './cut.ts';
import { houseHandlers } from './house.ts';
import { makingHandlers } from './making.ts';
import { mediaHandlers } from './media.ts';
import { projectHandlers } from './projects.ts';
import { scriptHandlers } from './scripts.ts';
import { settingsHandlers } from './settings.ts';
import { shotHandlers } from './shots.ts';
import { takeHandlers } from './takes.ts';

/** One for every route but the stream of events; the compiler names one that is missing. */
export const handlers: Handlers = { ...settingsHandlers, ...houseHandlers, ...projectHandlers, ...scriptHandlers, ...shotHandlers, ...changeHandlers, ...takeHandlers, ...makingHandlers, ...mediaHandlers, ...cutHandlers };
