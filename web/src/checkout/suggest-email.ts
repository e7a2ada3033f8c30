const commonDomains = [
  'gmail.com',
  'yahoo.com',
  'hotmail.com',
  'outlook.com',
  'icloud.com',
  'proton.me',
  'live.com',
];
/** Real ones that look like a slip of one of those. */
const lookalikes = ['mail.com', 'ymail.com', 'gmx.com', 'live.co', 'me.com'];

/** The address somebody probably meant, when the domain is one or two letters away from a common one. */
export function suggestEmail(email: string): string | null {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1).toLowerCase();
  if (commonDomains.includes(domain) || lookalikes.includes(domain)) return null;
  // Short domains are each other's neighbours by nature, so only close ones count for them.
  const near = commonDomains.find((common) => distance(domain, common) <= (common.length > 8 ? 2 : 1));
  return near ? `${email.slice(0, at)}@${near}` : null;
}

/** Letters to insert, remove, replace or swap until one word is the other (optimal string alignment). */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        rows[row - 1]![column]! + 1,
        line[column - 1]! + 1,
        rows[row - 1]![column - 1]! + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, rows[row - 2]![column - 2]! + 1);
      line.push(cost);
    }
    rows.push(line);
  }
  return rows[from.length]![to.length]!;
}
