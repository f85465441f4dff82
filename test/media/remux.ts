import { BufferTarget, EncodedAudioPacketSource, EncodedPacketSink, EncodedVideoPacketSource, MovOutputFormat, Mp4OutputFormat, Output } from 'mediabunny';
import { withClipTracks } from '../../src/media/clip-facts.ts';

/** How a file is laid out: as ours, in fragments (as some cameras and recorders do), or as QuickTime with its index last. */
export const LAYOUTS = ['plain', 'fragments', 'quicktime'] as const;

/** The same pictures and sound in a file of another layout. */
export async function remux(path: string, layout: (typeof LAYOUTS)[number]): Promise<Buffer> {
  const format = { plain: new Mp4OutputFormat({ fastStart: 'in-memory' }), fragments: new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 0.3 }), quicktime: new MovOutputFormat({ fastStart: false }) }[layout];
  const target = new BufferTarget();
  const output = new Output({ format, target });
  await withClipTracks(path, async ({ video, audio }) => {
    const [pictures, sounds] = [new EncodedVideoPacketSource('avc'), new EncodedAudioPacketSource('aac')];
    output.addVideoTrack(pictures);
    output.addAudioTrack(sounds);
    await output.start();
    const [videoConfig, audioConfig] = [(await video.getDecoderConfig())!, (await audio!.getDecoderConfig())!];
    const [videoPackets, audioPackets] = [new EncodedPacketSink(video).packets(), new EncodedPacketSink(audio!).packets()];
    let [picture, sound] = [await videoPackets.next(), await audioPackets.next()];
    while (!picture.done || !sound.done) {
      if (!picture.done && (sound.done || picture.value.timestamp <= sound.value.timestamp)) {
        await pictures.add(picture.value, { decoderConfig: videoConfig });
        picture = await videoPackets.next();
      } else if (!sound.done) {
        await sounds.add(sound.value, { decoderConfig: audioConfig });
        sound = await audioPackets.next();
      }
    }
    await output.finalize();
  });
  return Buffer.from(target.buffer!);
}
