import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

export interface Merchant {
  url: string;
  close(): Promise<void>;
}

const pages = ['direct', 'react', 'checkout', 'embedded'] as const;

/**
 * A shop on an origin of its own, under the policy a careful shop would have: no foreign origin but the sandbox,
 * no inline script or style without a nonce.
 */
export async function startMerchant(sandboxUrl: string): Promise<Merchant> {
  const scripts = new Map<string, Promise<string>>();
  const scriptOf = (page: string): Promise<string> => {
    const known = scripts.get(page) ?? bundle(page);
    scripts.set(page, known);
    return known;
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://merchant.test');
    const script = pages.find((page) => pathname === `/${page}.js`);
    if (script) {
      void scriptOf(script).then((code) =>
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(code),
      );
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(nonce, sandboxUrl),
    });
    response.end(document(pathname, nonce, sandboxUrl));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function policy(nonce: string, sandbox: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' ${sandbox}`,
    `style-src 'self' 'nonce-${nonce}'`,
    `frame-src ${sandbox}`,
    `connect-src 'self' ${sandbox}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

function document(path: string, nonce: string, sandbox: string): string {
  const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test shop</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">`;
  if (!pages.some((page) => path === `/${page}`)) return `${head}</head><body><h1>${path}</h1></body></html>`;
  return `${head}<style nonce="${nonce}">body { max-width: 480px; margin: 24px auto; } .box { padding: 12px; border: 1px solid; }</style>
<script src="${sandbox}/endive/stripe.js"></script></head>
<body><div id="root"></div><pre id="result"></pre><script src="${path}.js"></script></body></html>`;
}

/** Bundles a page of ours with the packages it uses, which stay as they were published. */
async function bundle(page: string): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL(`${page}-page.ts`, import.meta.url)),
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'silent',
  });
  const { output } = await build.generate({ format: 'iife' });
  await build.close();
  return output[0].code;
}
