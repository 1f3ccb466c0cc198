// What the shop's server answers to an order, as the widget takes it.

/** Where a payment goes on, if it is a web address. Anything else (a script, say) leads nowhere. */
export function redirectUrl(answer, base) {
  const target = answer?.payment?.redirect_url;
  if (!target) return null;
  const url = new URL(target, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}

/** SHA-256 in lower-case hexadecimal; the page is a secure one, as every checkout is, or there is no hash to show. */
export async function sha256(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (octet) => octet.toString(16).padStart(2, '0')).join('');
}
