/** The longest that something waits for a press to end, in milliseconds: not every release is told to a page. */
const patience = 1_000;

let isPressed = false;
const waiting = new Set<() => void>();

document.addEventListener('pointerdown', () => (isPressed = true), true);
// After the click, which follows the release at once.
for (const end of ['pointerup', 'pointercancel'])
  document.addEventListener(end, () => setTimeout(endPress), true);

/**
 * Runs what moves the page under the pointer: at once, or when the press that goes on has ended. A press whose button moves away
 * before its release is no click, and leaving a field by pressing Pay is how most fields are left.
 */
export function afterPress(move: () => void): void {
  waiting.add(move);
  if (isPressed) setTimeout(() => run(move), patience);
  else run(move);
}

function endPress(): void {
  isPressed = false;
  for (const move of waiting) run(move);
}

function run(move: () => void): void {
  if (waiting.delete(move)) move();
}
