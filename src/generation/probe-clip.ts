/** Reads a clip through; throws when it does not play. The codecs are loaded with the first clip: a run that fetches nothing starts faster. */
export async function probeClip(path: string): Promise<{ durationS: number }> {
  const { probeVideo } = await import('../media/index.ts');
  return await probeVideo(path);
}
