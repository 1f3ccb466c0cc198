// A photo that is too large, drawn smaller: a person sees the same in it, and nothing that a camera wrote beside it goes along.

/** The longer side of what is drawn, in pixels, the first that fits is taken. */
const SIDES = [3000, 2000, 1200];
const QUALITY = 0.85;

/** A photo of at most so many bytes; nothing for what is none, or for a kind that the browser cannot draw. */
export async function smaller(file, most) {
  const drawn = file.type.startsWith('image/') && (await globalThis.createImageBitmap?.(file).catch(() => {}));
  if (!drawn) return undefined;
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    canvas.getContext('2d').drawImage(drawn, 0, 0, canvas.width, canvas.height);
    const photo = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
    if (photo && photo.size <= most) return photo;
  }
  return undefined;
}
