import type { Letter, Mail } from '../app/ports.ts';
import { renderHtml } from './layout.ts';
import { pageOf } from './pages.ts';
import { renderText } from './plain-text.ts';

/** Longest subject, in characters: what is longer is cut off by every mail program. */
const longestSubject = 150;

/** A mail as HTML and as text, both made of the same words. */
export function composeMail(letter: Letter): Pick<Mail, 'subject' | 'html' | 'text'> {
  const page = pageOf(letter);
  return {
    subject: headerText(`${page.subject} · ${letter.shop.name}`),
    html: renderHtml(page, letter),
    text: renderText(page, letter),
  };
}

/** One line without control characters and without what turns the direction of writing: nobody can add a header to it. */
function headerText(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return [...line].slice(0, longestSubject).join('');
}
