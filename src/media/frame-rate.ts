const USUAL_FRAME_RATES = [12, 15, 24000 / 1001, 24, 25, 30000 / 1001, 30, 48, 50, 60000 / 1001, 60, 120];

/** The usual rate next to a measured one when they differ by less than 0.04 % (23.976 and 24 stay apart), else the measured one. */
export function snapFrameRate(measured: number): number {
  return USUAL_FRAME_RATES.find((usual) => Math.abs(measured / usual - 1) < 0.0004) ?? measured;
}

/** What mediabunny needs to hear so that every frame starts on a whole tick: its own 57,600 ticks a second hold most rates. */
export function frameRateMetadata(frameRate: number): { frameRate?: number } {
  return Number.isInteger(57_600 / frameRate) ? {} : { frameRate };
}
