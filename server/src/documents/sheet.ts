import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import { type Line, lineOf, type Style } from './text.ts';

/** An A4 page and what is put on it, from top to bottom. All measures are points, 72 to an inch. */

export const page = { width: 595.28, height: 841.89, left: 48, right: 547.28, top: 48, bottom: 778 } as const;

/** The colours of the shop's pages, in their light form. */
export const colours = {
  text: '#1b1b18',
  muted: '#5f5f58',
  border: '#e3e3df',
  accent: '#1f5f4a',
  warning: '#8a5300',
  warningSoft: '#fdf3df',
  success: '#1d6b3a',
} as const;
export type Colour = (typeof colours)[keyof typeof colours];

/** Distance of two baselines, in sizes of the letters. */
const leading = 1.42;

export function lineHeight({ size }: Style): number {
  return size * leading;
}

export type Description = { title: string; subject: string; author: string; createdAt: number };
export type Footer = { left: string; middle: string | null };
export type Written = Style & { colour: Colour };
export type Place = { x: number; y: number; align?: 'left' | 'right' | 'center' };

/** A part of the document as screen readers tell it: a heading, a paragraph, a table with rows and cells. */
export type PartKind = 'Document' | 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD';
export type Part = { kind: PartKind; element: PDFKit.PDFStructureElement };

export class Sheet {
  readonly #document: PDFKit.PDFDocument;
  readonly #body: Part;
  readonly #footer: Footer;
  /** Where the next thing goes. */
  y: number = page.top;

  constructor(description: Description, footer: Footer) {
    const { title, subject, createdAt } = description;
    // PDFKit writes these into XML as they are.
    const author = description.author.replace(/&/g, 'and').replace(/[<>]/g, '');
    this.#footer = footer;
    this.#document = new PDFDocument({
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      lang: 'en',
      tagged: true,
      displayTitle: true,
      bufferPages: true,
      // Helvetica would be embedded otherwise, though nothing is written in it.
      font: null as unknown as string,
      info: {
        Title: title,
        Subject: subject,
        Author: author,
        Creator: 'Paydesk',
        CreationDate: new Date(createdAt),
      },
    });
    this.#body = { kind: 'Document', element: this.#document.struct('Document') };
    this.#document.addStructure(this.#body.element);
  }

  /** Goes on at the next page when there is no room for so much; says whether it did. */
  makeRoom(height: number): boolean {
    if (this.y + height <= page.bottom) return false;
    this.#document.addPage();
    this.y = page.top;
    return true;
  }

  part(kind: PartKind, within: Part = this.#body): Part {
    const element = this.#document.struct(kind);
    within.element.add(element);
    return { kind, element };
  }

  /** Writes lines under each other, told as this part, or not at all where it is null. Does not move `y`. */
  write(part: Part | null, lines: readonly Line[], style: Written, place: Place): void {
    const draw = () =>
      lines.forEach((line, index) => {
        this.#draw(line, style, { ...place, y: place.y + index * lineHeight(style) });
      });
    if (part === null) {
      this.#decorate(draw);
      return;
    }
    const content = this.#document.markStructureContent(part.kind);
    draw();
    this.#document.endMarkedContent();
    part.element.add(content);
  }

  /** One line. */
  text(kind: PartKind, text: string, style: Written, place: Place): void {
    this.write(this.part(kind), [lineOf(text, style)], style, place);
  }

  /** A hairline, which is decoration and not told. */
  rule(y: number, colour: Colour = colours.border, from: number = page.left, to: number = page.right): void {
    this.#decorate(() => this.#document.lineWidth(0.6).moveTo(from, y).lineTo(to, y).stroke(colour));
  }

  /** A coloured patch behind text. */
  patch(place: { x: number; y: number; width: number; height: number }, colour: Colour): void {
    const { x, y, width, height } = place;
    this.#decorate(() => this.#document.roundedRect(x, y, width, height, 3).fill(colour));
  }

  /** The shop's sign, `size` wide and high. */
  sign(x: number, y: number, size: number): void {
    this.#decorate(() => {
      const pen = this.#document
        .save()
        .translate(x, y)
        .scale(size / 32);
      pen.roundedRect(0, 0, 32, 32, 7).fill(colours.accent);
      pen.lineWidth(2.4).lineCap('round').lineJoin('round');
      pen.path('M6.5 15.2 16 7l9.5 8.2').stroke('#ffffff');
      pen.path(
        'M16 25.4c-4.9-1.2-6.5-4.6-5.7-8.4 4 .2 6.2 2.7 5.7 8.4Zm0 0c4.9-1.2 6.5-4.6 5.7-8.4-4 .2-6.2 2.7-5.7 8.4Z',
      );
      pen.fill('#bfe3d2').restore();
    });
  }

  /** Writes the footers, now that the number of pages is known, and ends the document. */
  async toBuffer(): Promise<Buffer> {
    const { count } = this.#document.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.#document.switchToPage(index);
      this.#decorate(() => this.#writeFooter(`Page ${index + 1} of ${count}`));
    }
    this.#body.element.end();
    const chunks: Buffer[] = [];
    this.#document.on('data', (chunk: Buffer) => chunks.push(chunk));
    this.#document.end();
    await once(this.#document, 'end');
    return Buffer.concat(chunks);
  }

  #writeFooter(number: string): void {
    const style: Written = { size: 8, weight: 'regular', colour: colours.muted };
    const y = 796;
    const line = this.#document
      .lineWidth(0.6)
      .moveTo(page.left, y - 8)
      .lineTo(page.right, y - 8);
    line.stroke(colours.border);
    this.#draw(lineOf(this.#footer.left, style), style, { x: page.left, y });
    this.#draw(lineOf(number, style), style, { x: page.right, y, align: 'right' });
    if (this.#footer.middle === null) return;
    const note: Written = { ...style, colour: colours.warning };
    this.#draw(lineOf(this.#footer.middle, note), note, { x: page.width / 2, y, align: 'center' });
  }

  #decorate(draw: () => void): void {
    this.#document.markContent('Artifact');
    draw();
    this.#document.endMarkedContent();
  }

  #draw({ text, pieces, width }: Line, style: Written, { x, y, align = 'left' }: Place): void {
    let from = align === 'left' ? x : x - (align === 'right' ? width : width / 2);
    const baseline = y + lineHeight(style) * 0.72;
    const draw = () => {
      this.#document.fontSize(style.size).fillColor(style.colour);
      for (const piece of pieces) {
        this.#document.registerFont(piece.face.name, piece.face.font as never).font(piece.face.name);
        const options = {
          lineBreak: false,
          baseline: 'alphabetic',
          features: [],
          textWidth: piece.width,
          wordCount: 1,
        };
        this.#document.text(piece.text, from, baseline, options as PDFKit.Mixins.TextOptions);
        from += piece.width;
      }
    };
    if (rearranged.test(text)) this.#spell(text, draw);
    else draw();
  }

  /**
   * Says what is written where glyphs do not tell. Readers look for its place in the page's own coordinates, from the bottom
   * upwards, which PDFKit turns around; so they are turned back around the mark, and once more for what is drawn.
   */
  #spell(text: string, draw: () => void): void {
    this.#document.save().transform(1, 0, 0, -1, 0, page.height);
    this.#document.markContent('Span', { actual: text });
    this.#document.save().transform(1, 0, 0, -1, 0, page.height);
    draw();
    this.#document.restore().endMarkedContent().restore();
  }
}

/**
 * Scripts whose glyphs stand in another order than their letters are read, or for several of them. Those that are written from
 * right to left are none: readers turn them around by themselves.
 */
const rearranged =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
