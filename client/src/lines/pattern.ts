const WIDTH = 480;
const HEIGHT = 270;
const PICTURES_A_SECOND = 20;
/** Of chance, as browsers give it out. */
const MOST_AT_ONCE = 65_536;

/** A picture that no codec makes small: as many bits go out as are let out, so that the line shows what it carries. */
export function openPattern(): { readonly track: MediaStreamTrack; close(): void } {
  const noise = document.createElement('canvas');
  noise.width = WIDTH * 2;
  noise.height = HEIGHT * 2;
  const grain = noise.getContext('2d');
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const picture = canvas.getContext('2d');
  if (grain === null || picture === null) throw new Error('no canvas');
  const data = grain.createImageData(noise.width, noise.height);
  for (let at = 0; at < data.data.length; at += MOST_AT_ONCE)
    crypto.getRandomValues(new Uint8Array(data.data.buffer).subarray(at, at + MOST_AT_ONCE));
  for (let at = 3; at < data.data.length; at += 4) data.data[at] = 255;
  grain.putImageData(data, 0, 0);
  let drawn = 0;
  const draw = (): void => {
    drawn += 1;
    picture.drawImage(noise, -((drawn * 97) % WIDTH), -((drawn * 61) % HEIGHT));
  };
  const timer = setInterval(draw, 1000 / PICTURES_A_SECOND);
  draw();
  const [track] = canvas.captureStream(PICTURES_A_SECOND).getVideoTracks();
  if (track === undefined) throw new Error('no picture of a canvas');
  return {
    track,
    close() {
      clearInterval(timer);
      track.stop();
    },
  };
}
