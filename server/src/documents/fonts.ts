import { readFileSync } from 'node:fs';
import { create, type Font, type Glyph, type GlyphPosition } from 'fontkit';

/**
 * The fonts of the documents: the shop's own, and for every other script one that is opened when a name needs it. Opened
 * once per process; each document embeds only the glyphs that it uses.
 */

export type Weight = 'regular' | 'semibold';

/** A font under the name that a document calls it by. */
export type Face = { name: string; font: Font };

type Candidate = { file: string; covers: RegExp };

const everything = /./su;

/** Asked in this order. What a script shares with others, such as its digits, belongs to the first that has it. */
const fallbacks: readonly Candidate[] = [
  {
    file: 'noto-sans-han.otf',
    covers:
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u30ff\ufe30-\ufe4f\uff00-\uffef]/u,
  },
  { file: 'noto-sans-hangul.otf', covers: /\p{Script=Hangul}/u },
  { file: 'noto-sans-arabic.ttf', covers: /\p{Script_Extensions=Arabic}/u },
  { file: 'noto-sans-hebrew.ttf', covers: /\p{Script_Extensions=Hebrew}/u },
  { file: 'noto-sans-devanagari.ttf', covers: /\p{Script_Extensions=Devanagari}/u },
  { file: 'noto-sans-bengali.ttf', covers: /\p{Script_Extensions=Bengali}/u },
  { file: 'noto-sans-gurmukhi.ttf', covers: /\p{Script_Extensions=Gurmukhi}/u },
  { file: 'noto-sans-gujarati.ttf', covers: /\p{Script_Extensions=Gujarati}/u },
  { file: 'noto-sans-tamil.ttf', covers: /\p{Script_Extensions=Tamil}/u },
  { file: 'noto-sans-telugu.ttf', covers: /\p{Script_Extensions=Telugu}/u },
  { file: 'noto-sans-kannada.ttf', covers: /\p{Script_Extensions=Kannada}/u },
  { file: 'noto-sans-malayalam.ttf', covers: /\p{Script_Extensions=Malayalam}/u },
  { file: 'noto-sans-sinhala.ttf', covers: /\p{Script_Extensions=Sinhala}/u },
  { file: 'noto-sans-thai.ttf', covers: /\p{Script_Extensions=Thai}/u },
  { file: 'noto-sans-lao.ttf', covers: /\p{Script_Extensions=Lao}/u },
  { file: 'noto-sans-khmer.ttf', covers: /\p{Script_Extensions=Khmer}/u },
  { file: 'noto-sans-myanmar.ttf', covers: /\p{Script_Extensions=Myanmar}/u },
  { file: 'noto-sans-armenian.ttf', covers: /\p{Script_Extensions=Armenian}/u },
  { file: 'noto-sans-georgian.ttf', covers: /\p{Script_Extensions=Georgian}/u },
  { file: 'noto-sans-ethiopic.ttf', covers: /\p{Script_Extensions=Ethiopic}/u },
  { file: 'noto-sans-thaana.ttf', covers: /\p{Script_Extensions=Thaana}/u },
  { file: 'noto-sans.ttf', covers: everything },
  { file: 'noto-emoji.ttf', covers: /\p{Emoji}/u },
  { file: 'noto-sans-symbols.ttf', covers: everything },
];

const own: Record<Weight, Candidate> = {
  regular: { file: 'inter-regular.ttf', covers: everything },
  semibold: { file: 'inter-semibold.ttf', covers: everything },
};

/** The shop's own font, which has the letters of Latin, Greek and Cyrillic. */
export function ownFace(weight: Weight): Face {
  return open(own[weight].file);
}

/** The face for one letter with its marks: the first that has all of it, or undefined when none has. */
export function faceFor(cluster: string, weight: Weight): Face | undefined {
  for (const { file, covers } of [own[weight], ...fallbacks]) {
    if (!covers.test(cluster)) continue;
    const face = open(file);
    if (hasAll(face, cluster)) return face;
  }
  return undefined;
}

export function hasAll({ font }: Face, cluster: string): boolean {
  for (const character of cluster)
    if (!invisible.test(character) && !font.hasGlyphForCodePoint(character.codePointAt(0)!)) return false;
  return true;
}

/** Joiners and variation selectors say how to shape the letters beside them, and need no glyph. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;

const opened = new Map<string, Face>();

function open(file: string): Face {
  const known = opened.get(file);
  if (known) return known;
  const font = create(readFileSync(new URL(`fonts/${file}`, import.meta.url))) as Font;
  const face = { name: file, font: remembering(file, font) };
  opened.set(file, face);
  return face;
}

/** What PDFKit asks of a glyph. */
type PlainGlyph = Pick<Glyph, 'id' | 'advanceWidth' | 'codePoints'>;
type Shaped = { glyphs: PlainGlyph[]; positions: GlyphPosition[]; advanceWidth: number };

/** Words that were shaped lately, for all fonts together; shaping one takes longer than all else that is done with it. */
const remembered = new Map<string, Shaped>();
const mostRemembered = 4_000;

/** Figures of one width, so that amounts stand under each other; not in names and numbers of things. */
function featuresFor(word: string): string[] {
  return /[\p{L}-]/u.test(word) ? [] : ['tnum'];
}

/** Letters that are written from right to left. */
export const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thaana}]/u;

/** The same font, which remembers how words are shaped. */
function remembering(file: string, font: Font): Font {
  const recall = (word: string): Shaped => {
    const key = `${file} ${word}`;
    const shaped = remembered.get(key) ?? shape(font, word);
    // Taken out and put back, so that the first are the ones that were not used for longest.
    remembered.delete(key);
    remembered.set(key, shaped);
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!);
    return shaped;
  };
  const layout = (text: string): Shaped => {
    const words = rightToLeft.test(text) ? [text] : text.split(/(?<= )/);
    const shaped = words.map(recall);
    return {
      glyphs: shaped.flatMap(({ glyphs }) => glyphs),
      // PDFKit scales the positions in place.
      positions: shaped.flatMap(({ positions }) => positions.map((position) => ({ ...position }))),
      advanceWidth: shaped.reduce((sum, word) => sum + word.advanceWidth, 0),
    };
  };
  return Object.create(font, { layout: { value: layout } }) as Font;
}

function shape(font: Font, text: string): Shaped {
  // Fontkit keeps its glyphs with the letters they stood for first. A document says which letters its glyphs stand for,
  // and must not say those of another document.
  (font as unknown as { _glyphs: object })._glyphs = {};
  const { glyphs, positions, advanceWidth } = font.layout(text, featuresFor(text));
  const plain = glyphs.map(({ id, advanceWidth: width, codePoints }) => ({
    id,
    advanceWidth: width,
    codePoints,
  }));
  return { glyphs: plain, positions: positions.map((position) => ({ ...position })), advanceWidth };
}
