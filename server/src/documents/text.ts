import bidiFactory, { type Bidi } from 'bidi-js';
import { type Face, faceFor, hasAll, ownFace, rightToLeft, type Weight } from './fonts.ts';

/** Text of any script, as pieces that are drawn from left to right. Sizes and widths are points. */

export type Style = { size: number; weight: Weight };

/** Letters that one font draws in one go, as they are handed to it. */
export type Piece = { face: Face; text: string; width: number };

export type Line = { text: string; pieces: readonly Piece[]; width: number };

// Node hands over the function itself, where the package's types speak of a module around it.
const bidi = (bidiFactory as unknown as () => Bidi)();
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });

/** One line, however long. */
export function lineOf(text: string, style: Style): Line {
  return readLine(cleaned(text), style);
}

/** As many lines as the width asks for; a word that is wider than a line is broken where it must be. */
export function linesOf(text: string, style: Style, width: number): Line[] {
  const lines: Line[] = [];
  let current = '';
  for (const part of partsOf(cleaned(text))) {
    if (fits(current + part, style, width)) {
      current += part;
      continue;
    }
    if (current.trim() !== '') lines.push(readLine(current.trim(), style));
    const broken = breakWord(part, style, width);
    current = broken.pop() ?? '';
    lines.push(...broken.map((piece) => readLine(piece, style)));
  }
  lines.push(readLine(current.trim(), style));
  return lines;
}

/** Invisible characters that turn the direction of a text around have no place in a name. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function cleaned(text: string): string {
  return text
    .normalize('NFC')
    .replace(turning, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\u2011/g, '-');
}

/** Where a line may end: after each of these. Punctuation stays with the word before it, an opening bracket with the next. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let opening = '';
  for (const { segment, isWordLike } of words.segment(text)) {
    if (/^[\p{Ps}\p{Pi}]+$/u.test(segment)) opening += segment;
    else if (isWordLike || opening !== '' || parts.length === 0) {
      parts.push(opening + segment);
      opening = '';
    } else parts[parts.length - 1] += segment;
  }
  if (opening !== '') parts.push(opening);
  return parts;
}

function breakWord(word: string, style: Style, width: number): string[] {
  if (fits(word, style, width)) return [word];
  const pieces = [''];
  for (const { segment } of letters.segment(word)) {
    const longer = pieces.at(-1)! + segment;
    if (pieces.at(-1) === '' || fits(longer, style, width)) pieces[pieces.length - 1] = longer;
    else pieces.push(segment);
  }
  return pieces;
}

function fits(text: string, style: Style, width: number): boolean {
  return readLine(text.trimEnd(), style).width <= width;
}

function readLine(text: string, style: Style): Line {
  const pieces = inVisualOrder(runsOf(text, style.weight)).map(({ face, text: run, level }) => {
    const handed = handedOver(run, level);
    const advance = face.font.layout(handed).advanceWidth;
    return { face, text: handed, width: (advance / face.font.unitsPerEm) * style.size };
  });
  return { text, pieces, width: pieces.reduce((sum, piece) => sum + piece.width, 0) };
}

type Run = { face: Face; level: number; text: string };

/** Scripts of the shop's own font, all written from left to right. */
const european =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** Neighbours of one font and one direction, in the order in which they are read. */
function runsOf(text: string, weight: Weight): Run[] {
  const own = ownFace(weight);
  // Most texts by far; the way below would end at the same.
  if (european.test(text) && hasAll(own, text)) return [{ face: own, level: 0, text }];
  const { levels } = bidi.getEmbeddingLevels(text);
  const mirrored = bidi.getMirroredCharactersMap(text, levels);
  const runs: Run[] = [];
  for (const { segment, index } of letters.segment(text)) {
    const level = levels[index]!;
    const cluster = mirrored.get(index) ?? segment;
    const last = runs.at(-1);
    // What has no script of its own, such as a space, stays in the font of what it follows.
    const stays = last && !/[\p{L}\p{N}]/u.test(cluster) && hasAll(last.face, cluster);
    const drawn = stays ? { face: last.face, text: cluster } : drawable(cluster, weight);
    if (last && last.level === level && last.face === drawn.face) last.text += drawn.text;
    else runs.push({ ...drawn, level });
  }
  return runs;
}

/** What no font has is shown as a question mark rather than an empty box. */
function drawable(cluster: string, weight: Weight): { face: Face; text: string } {
  const face = faceFor(cluster, weight);
  if (face) return { face, text: cluster };
  const [first] = cluster;
  const part = first === undefined ? undefined : faceFor(first, weight);
  return part ? { face: part, text: first! } : { face: ownFace(weight), text: '?' };
}

/** Rule L2 of the Unicode Bidirectional Algorithm: from the highest level down, what lies at it or above is turned around. */
function inVisualOrder(runs: readonly Run[]): Run[] {
  const order = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let start = 0; start < order.length; start += 1) {
      if (order[start]!.level < level) continue;
      let end = start;
      while (end < order.length && order[end]!.level >= level) end += 1;
      order.splice(start, end - start, ...order.slice(start, end).reverse());
      start = end;
    }
  }
  return order;
}

const anyScript = /[^\p{Script=Common}\p{Script=Inherited}]/u;

/**
 * Fontkit draws from right to left what begins with a letter of such a script, and all else from left to right. Where
 * the algorithm wants it otherwise, as with brackets in Hebrew or Persian digits, it gets the letters in reverse.
 */
function handedOver(text: string, level: number): string {
  const turnsAround = rightToLeft.test(anyScript.exec(text)?.[0] ?? '');
  if (turnsAround === (level % 2 === 1)) return text;
  return [...letters.segment(text)]
    .map(({ segment }) => segment)
    .reverse()
    .join('');
}
