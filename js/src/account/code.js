// The code to scan: as a drawing on the page, and as a picture for another app.

const SVG = 'http://www.w3.org/2000/svg';
/** Dots a module in the picture */
const SCALE = 12;

/** Draws the code into an element, or empties it. */
export function drawCode(place, code, label) {
  place.replaceChildren();
  if (!code) return;
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', `0 0 ${code.side} ${code.side}`);
  svg.setAttribute('shape-rendering', 'crispEdges');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  path.setAttribute('d', code.path);
  svg.append(path);
  place.append(svg);
}

/** The code as a file: dark on white, margin and all */
export async function pictureOf({ side, path }) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * SCALE;
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(SCALE, SCALE);
  pen.fillStyle = '#000';
  pen.fill(new Path2D(path));
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
  return new File([blob], 'qr.png', { type: 'image/png' });
}
