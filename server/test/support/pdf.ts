import { extractText } from 'unpdf';

/** The text of each page, as a reader finds it. */
export async function pagesOf(pdf: Buffer | ArrayBuffer): Promise<string[]> {
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: false });
  return text;
}

export async function textOf(pdf: Buffer | ArrayBuffer): Promise<string> {
  return (await pagesOf(pdf)).join('\n');
}
