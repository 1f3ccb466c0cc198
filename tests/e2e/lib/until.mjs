// Waiting for something to become true on a page. Asked again and again from outside: the waiting that the drivers bring along
// compiles a text inside the page, which the shop's content policy forbids.

const PATIENCE_MS = 60000;
const PAUSE_MS = 50;

export async function until(page, check, argument) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    // A page that is just being left answers with an error: then the next one is asked.
    if (await page.evaluate(check, argument).catch(() => false)) return true;
    await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  }
  return false;
}
