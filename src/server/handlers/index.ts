import type { Handlers } from '../call.ts';
import { mediaHandlers } from './media.ts';
import { projectHandlers } from './projects.ts';
import { settingsHandlers } from './settings.ts';
import { shotHandlers } from './shots.ts';
import { takeHandlers } from './takes.ts';

export const handlers: Partial<Handlers> = { ...settingsHandlers, ...projectHandlers, ...shotHandlers, ...takeHandlers, ...mediaHandlers };
