import { keychainFor, listCredentials } from '../../credentials/index.ts';
import { KLING_MODELS, priceUnits, supports, USD_PER_UNIT, type KlingFeature, type KlingModel } from '../../kling/index.ts';
import { UPLOAD_LIMITS } from '../../protocol/api/index.ts';
import { listScriptEndings } from '../../script/index.ts';
import type { Handlers } from '../call.ts';
import { openApiDocument } from '../openapi.ts';
import { pageOf } from '../pages.ts';
import { referencePage } from '../reference-page.ts';

const FEATURES: readonly KlingFeature[] = ['imageToVideo', 'endFrame', 'negativePrompt', 'cameraControl', 'sound'];

/** The studio itself: what it is, keys, models, cache. */
export const settingsHandlers = {
  async about(_, { studio, version, passwords, jobs }) {
    const { scriptBytes, soundBytes, pictureBytes, projectBytes } = UPLOAD_LIMITS;
    return {
      version,
      engine: studio.engineFor(undefined, { sandbox: false }),
      ...(studio.key ? { key: studio.key } : {}),
      usdPerUnit: USD_PER_UNIT,
      paused: jobs.paused,
      limits: { scriptBytes, soundBytes, pictureBytes, projectBytes },
      scripts: listScriptEndings(),
      passwordNeeded: passwords !== undefined,
    };
  },
  async openApi(_, { version }) {
    return openApiDocument(version);
  },
  async reference(_, { version }) {
    return { body: { bytes: Buffer.from(referencePage(version)) }, mediaType: 'text/html; charset=utf-8' };
  },
  async listKeys({ query }, { studio, env, keychain }) {
    const places = await listCredentials({ env, home: studio.home, keychain: keychain ?? keychainFor(env) });
    return pageOf(places.map((place) => ('problem' in place ? { source: place.source, active: false as const, problem: { ...place.problem } } : { ...place })), query);
  },
  async cacheSize(_, { studio }) {
    return { folder: studio.cache.folder, ...(await studio.cache.cacheSize()) };
  },
  async listModels({ query }) {
    return pageOf(KLING_MODELS.filter(({ lifecycle }) => query.all === true || lifecycle === 'active').map(modelView), query);
  },
} satisfies Partial<Handlers>;

function modelView(model: KlingModel) {
  const modes = model.modes.length === 0 ? [undefined] : model.modes;
  const [durationS] = model.durationsS;
  return {
    word: model.word,
    name: model.name,
    modes: [...model.modes],
    durationsS: [...model.durationsS],
    features: FEATURES.filter((feature) => supports(model, feature)),
    lifecycle: model.lifecycle,
    callable: model.callable.textToVideo || model.callable.imageToVideo,
    prices: modes.flatMap((mode) => {
      const units = durationS === undefined ? undefined : priceUnits(model, { durationS, ...(mode ? { mode } : {}) });
      return units === undefined || durationS === undefined ? [] : [{ ...(mode ? { mode } : {}), durationS, units }];
    }),
  };
}
