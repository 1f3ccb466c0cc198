// A file on its way to the service: with the share of it that has got there, and without a second one where it begins again.

// The same content is the same file to the service, so that sending again is never wrong. `fetch` tells nothing on the way.

/** Who hears nothing of a file that moves no more for so long begins again. */
const STILL_MS = 30_000;

const WHY = { 413: 'proof.large', 415: 'proof.kind', 422: 'proof.kind', 429: 'proof.often' };

/**
 * @param {string} address where files of the account go
 * @param {string} name what the customer calls it
 * @param {Blob} content
 * @param {(percent: number) => void} progress
 * @param {{ stop?: () => void }} row is told how it is stopped
 * @returns {Promise<{ id?: string, why?: string }>} its id, or the key of what is said of it
 */
export function send(address, name, content, progress, row) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    let still;
    const alive = () => {
      clearTimeout(still);
      still = setTimeout(() => request.abort(), STILL_MS);
    };
    row.stop = () => request.abort();
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      alive();
      progress(Math.floor((100 * loaded) / total));
    });
    request.addEventListener('loadend', () => {
      clearTimeout(still);
      const { status, responseText } = request;
      if (status !== 201) return done({ why: WHY[status] ?? 'proof.unsent' });
      try {
        return done({ id: JSON.parse(responseText).proof });
      } catch {
        return done({ why: 'proof.unsent' });
      }
    });
    request.open('POST', address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('file-name', encodeURIComponent(name.replace(/[\ud800-\udfff]/g, '').slice(-100)));
    alive();
    request.send(content);
  });
}
