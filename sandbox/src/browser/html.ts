import type { BrowserReply } from './types.ts';

/** Text that is already HTML; everything else is escaped when it enters a template. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | undefined | false | Part[];

export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, string, index) => text + render(parts[index - 1]) + string));
}

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  if (part === null || part === undefined || part === false) return '';
  return String(part).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface Page {
  title: string;
  body: Html;
  /** Paths of stylesheets and of deferred scripts, all on the sandbox's own origin. */
  styles: string[];
  scripts: string[];
  /** Who may show the page in a frame; nobody unless said. */
  framedBy?: 'anyone';
  status?: number;
}

export function renderPage(page: Page): BrowserReply {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${page.styles.map((path) => html`<link rel="stylesheet" href="${path}">`)}
${page.scripts.map((path) => html`<script src="${path}" defer></script>`)}
</head>
<body>${page.body}</body>
</html>
`;
  return {
    status: page.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(page.framedBy),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: document.text,
  };
}

/** Pictures may come from anywhere because a merchant's product pictures live on the merchant's own site. */
function contentSecurityPolicy(framedBy: 'anyone' | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    'img-src http: https: data:',
    'font-src http: https: data:',
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framedBy === 'anyone' ? 'http: https:' : "'none'"}`,
  ].join('; ');
}
