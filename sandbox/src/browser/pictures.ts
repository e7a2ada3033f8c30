/** Small pictures drawn for the sandbox: card brands as plain marks, the chevron of a select, the page icon. */
export const pictures: Record<string, string> = {
  '/assets/icon.svg': svg(
    32,
    32,
    '<rect width="32" height="32" rx="7" fill="#1f5f4a"/><rect x="6" y="10" width="20" height="13" rx="2.5" fill="#fff"/><path d="M6 14h20v3H6z" fill="#ffb84d"/>',
  ),
  '/assets/chevron.svg': svg(
    12,
    8,
    '<path d="M1.5 1.5 6 6l4.5-4.5" fill="none" stroke="#74746c" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"/>',
  ),
  '/assets/brands/visa.svg': brand('#fff', word('VISA', '#1a3a9c', 9.5, 'font-style="italic"')),
  '/assets/brands/mastercard.svg': brand(
    '#fff',
    '<circle cx="12" cy="10" r="6" fill="#e0261b"/><circle cx="18" cy="10" r="6" fill="#f59e1b"/><path d="M15 4.8a6 6 0 0 1 0 10.4 6 6 0 0 1 0-10.4z" fill="#f2641c"/>',
  ),
  '/assets/brands/amex.svg': brand('#1c6fb8', word('AMEX', '#fff', 8)),
  '/assets/brands/discover.svg': brand(
    '#fff',
    `<path d="M10 20h16a4 4 0 0 0 4-4v-5c-4 4-11 8-20 9z" fill="#f28a1e"/>${word('DISC', '#2b2b2b', 7.5)}`,
  ),
  '/assets/brands/diners.svg': brand(
    '#fff',
    '<circle cx="15" cy="10" r="7" fill="#2a5c9a"/><path d="M13.2 5.6v8.8a4.7 4.7 0 0 1 0-8.8zm3.6 0a4.7 4.7 0 0 1 0 8.8z" fill="#fff"/>',
  ),
  '/assets/brands/jcb.svg': brand(
    '#fff',
    '<path d="M6 4h5v12H6z" fill="#1c64b0"/><path d="M12.5 4h5v12h-5z" fill="#cc2434"/><path d="M19 4h5v12h-5z" fill="#238647"/>',
  ),
  '/assets/brands/unionpay.svg': brand(
    '#fff',
    '<path d="M7 3h8l-3 14H4z" fill="#cf2030"/><path d="M14 3h7l-3 14h-7z" fill="#12446f"/><path d="M20 3h7l-3 14h-7z" fill="#0f7d78"/>',
  ),
  '/assets/brands/unknown.svg': brand(
    '#fff',
    '<path d="M1 6h28v3.5H1z" fill="#6b7280"/><path d="M4 13h8v1.8H4z" fill="#aab0b8"/>',
  ),
};

function brand(ground: string, mark: string): string {
  const card = `<rect x=".5" y=".5" width="29" height="19" rx="3" fill="${ground}" stroke="#d5d7da"/>`;
  return svg(30, 20, card + mark);
}

function word(text: string, color: string, size: number, more = ''): string {
  return `<text x="15" y="${10 + size * 0.36}" text-anchor="middle" font-family="Arial, Helvetica, sans-serif" font-weight="700" font-size="${size}" fill="${color}" ${more}>${text}</text>`;
}

function svg(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;
}
