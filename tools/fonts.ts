/** Makes the fonts of the documents out of the files that their makers publish: server/src/documents/fonts. */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readCommandLine, runCommand, UsageError } from './command-line.ts';

const usage = `Usage: node tools/fonts.ts --from FOLDER

Cuts the fonts of invoices and credit notes out of the files in FOLDER, with hb-subset (HarfBuzz) of the PATH, and writes
them to server/src/documents/fonts. Its README says where each file comes from. Needed only to add a script or a version.`;

type Cut = {
  source: string;
  target: string;
  /** Code points to keep, as hb-subset takes them. */
  unicodes: string;
  /** Layout features to keep; hb-subset's own choice where none are named. */
  features?: string;
  /** Which font of a collection. */
  face?: number;
  drop?: string;
};

/** Letters of Latin, Greek and Cyrillic with all their marks, punctuation, currencies, arrows and figures. */
const european =
  '20-24F,250-2AF,2B0-36F,370-3FF,400-52F,1E00-1FFF,2000-209F,20A0-20CF,2100-218F,2190-21FF,2200-22FF,25A0-25FF,2C60-2C7F,A720-A7FF,FB00-FB06,FFFD';
const europeanFeatures = 'kern,ccmp,locl,mark,mkmk,liga,tnum';

/** Writing from top to bottom and old forms are of no use on an invoice, and half of these fonts. */
const east = {
  source: 'NotoSansCJK-Regular.ttc',
  face: 2,
  features: '',
  drop: 'vhea,vmtx,VORG,GSUB,GPOS,GDEF,BASE',
};

/** Scripts that have a font of their own, which is kept whole. */
const scripts = [
  'Arabic',
  'Armenian',
  'Bengali',
  'Devanagari',
  'Ethiopic',
  'Georgian',
  'Gujarati',
  'Gurmukhi',
  'Hebrew',
  'Kannada',
  'Khmer',
  'Lao',
  'Malayalam',
  'Myanmar',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Thaana',
  'Thai',
];

const cuts: Cut[] = [
  {
    source: 'Inter_400Regular.ttf',
    target: 'inter-regular.ttf',
    unicodes: european,
    features: europeanFeatures,
  },
  {
    source: 'Inter_600SemiBold.ttf',
    target: 'inter-semibold.ttf',
    unicodes: european,
    features: europeanFeatures,
  },
  { source: 'NotoSans-Regular.ttf', target: 'noto-sans.ttf', unicodes: '*' },
  ...scripts.map((script) => ({
    source: `NotoSans${script}-Regular.ttf`,
    target: `noto-sans-${script.toLowerCase()}.ttf`,
    unicodes: '*',
  })),
  {
    ...east,
    target: 'noto-sans-han.otf',
    unicodes: '20,A0,3000-30FF,3100-312F,31A0-31BF,31F0-31FF,4E00-9FFF,FE30-FE4F,FF00-FFEF',
  },
  { ...east, target: 'noto-sans-hangul.otf', unicodes: '20,A0,1100-11FF,3130-318F,AC00-D7A3' },
  { source: 'NotoSansSymbols2-Regular.ttf', target: 'noto-sans-symbols.ttf', unicodes: '2190-2BFF' },
  {
    source: 'NotoEmoji_400Regular.ttf',
    target: 'noto-emoji.ttf',
    // Without its spaces and digits, which are as wide as its pictures.
    unicodes:
      '200D,203C,2049,20E3,2122,2139,2194-21AA,231A-23FF,24C2,25AA-25FE,2600-27BF,2934-2935,2B05-2B55,FE0F,1F000-1FAFF,E0020-E007F',
  },
];

async function main(): Promise<void> {
  const { values } = readCommandLine(usage, { from: { type: 'string' } });
  if (values.from === undefined) throw new UsageError('--from is missing. Try --help.');
  const folder = fileURLToPath(new URL('../server/src/documents/fonts', import.meta.url));
  let total = 0;
  for (const cut of cuts) {
    const target = join(folder, cut.target);
    await promisify(execFile)('hb-subset', argumentsOf(cut, join(values.from, cut.source), target));
    const { size } = await stat(target);
    total += size;
    process.stdout.write(`${cut.target}: ${size.toLocaleString('en')} bytes\n`);
  }
  process.stdout.write(`All together: ${total.toLocaleString('en')} bytes\n`);
}

function argumentsOf(cut: Cut, source: string, target: string): string[] {
  return [
    `--font-file=${source}`,
    `--output-file=${target}`,
    `--unicodes=${cut.unicodes}`,
    '--no-hinting',
    ...(cut.face === undefined ? [] : [`--face-index=${cut.face}`]),
    ...(cut.features === undefined ? [] : [`--layout-features=${cut.features}`]),
    ...(cut.drop === undefined ? [] : [`--drop-tables+=${cut.drop}`]),
  ];
}

await runCommand(main);
