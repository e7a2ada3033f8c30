import type { Options } from '../shared/messages.ts';

/**
 * Loads the merchant's own fonts (`{family, src, weight, …}`) into the frame. A stylesheet of fonts (`cssSrc`) is
 * accepted without effect: the frame's policy loads no stylesheet from elsewhere, because it holds the card.
 */
export function applyFonts(sources: Options[]): void {
  for (const { family, src, style, weight, stretch, unicodeRange, display } of sources) {
    if (typeof family !== 'string' || typeof src !== 'string') continue;
    const descriptors = { style, weight, stretch, unicodeRange, display };
    const given = Object.entries(descriptors).filter(([, value]) => typeof value === 'string');
    try {
      const face = new FontFace(family, src, Object.fromEntries(given));
      document.fonts.add(face);
      // A font that does not arrive leaves the text in the fallback font, as on any page.
      face.load().catch(() => {});
    } catch {
      // An unreadable source is no reason to have no card form.
    }
  }
}
