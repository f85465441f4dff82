import { authorize } from './authorize.ts';
import type { Call, RouteContext } from './call.ts';
import { refused } from './envelope.ts';
import { REFUSALS } from './refusals.ts';
import type { Reply } from './reply.ts';
import { toUnits } from './task.ts';

const PACK_LIFETIME_MS = 10 * 365 * 24 * 3600 * 1000;

/**
 * `GET /account/costs`: the account as one prepaid pack. Kling's figure lags by up to 12 hours; this one does not. How many
 * tasks may run at once comes with the pack, and its name says so, as on a trial account (`Trial-Video-100Units-5Con-1Months`,
 * seen live by a third party): another number of slots is another pack.
 */
export async function accountCosts(call: Call, { store, credentials, now, skewMs }: RouteContext): Promise<Reply> {
  const unauthorized = await authorize(call.header('authorization'), credentials, now() + skewMs());
  if (unauthorized !== undefined) return refused(unauthorized);
  for (const name of ['start_time', 'end_time']) {
    const text = call.query.get(name);
    if (text === null || text === '') return refused(REFUSALS.required(name));
    if (!/^\d{1,15}$/.test(text)) return refused(REFUSALS.valueInvalid(name, text));
  }
  const remaining = store.balanceTenThousandths();
  const spent = store.chargedTenThousandths();
  const slots = store.slots();
  const pack = {
    resource_pack_name: `Sandbox-Video-${slots}Con`,
    resource_pack_id: `sandbox-${slots}`,
    resource_pack_type: 'decreasing_total',
    total_quantity: toUnits(remaining + spent),
    remaining_quantity: toUnits(remaining),
    purchase_time: store.openedAtMs,
    effective_time: store.openedAtMs,
    invalid_time: store.openedAtMs + PACK_LIFETIME_MS,
    status: remaining > 0 ? 'online' : 'runOut',
  };
  // Recorded bodies of this endpoint have no request id.
  return {
    kind: 'json',
    httpStatus: 200,
    body: { code: 0, message: 'SUCCEED', data: { code: 0, msg: 'success', resource_pack_subscribe_infos: [pack] } },
  };
}
