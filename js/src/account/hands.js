// Somebody may be at what a page itself says in the moment in which something takes its place: what they press would be gone.

/** So long after it began a press is waited for; one that takes longer is seen to be under way. */
const PRESS_MS = 500;
const LOOK_MS = 100;

/** What is done once nobody is at what stands in a slot of an element, with a finger, a pointer or a key. */
export function handsOff(element, slot) {
  let pressed;
  slot.addEventListener('pointerdown', () => (pressed = Date.now()));
  return async () => {
    while (element.querySelector(':active,:focus') || Date.now() - pressed < PRESS_MS) await new Promise((done) => setTimeout(done, LOOK_MS));
  };
}
