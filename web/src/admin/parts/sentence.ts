/** What the books say of something, as a sentence of its own. A name of something stays as it is. */
export function sentence(text: string): string {
  const [first = ''] = text.split(/[\s:]/, 1);
  const begun = /^[a-z]+$/.test(first) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
