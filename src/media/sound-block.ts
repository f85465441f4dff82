/** Decoded sound: one array a channel. */
export interface SoundBlock {
  /** In hertz, as the decoder says. */
  sampleRate: number;
  /** Time of the first sample, in seconds of the clip's own time; may lie before 0 (the encoder's run-up). */
  startS: number;
  channels: Float32Array[];
}
