import type { BrowserContext, Request, Response } from 'playwright-core';

export type PageWatch = {
  /** What went wrong on any page so far, in words; empty is how it should be. */
  problems(): string[];
};

/** Published test cards as they are typed; any of them in a request to the shop means that card data leaks. */
const cardNumber = /(4242424242424242|4000000000000002|4000000000009995|4000002760003184|4000002500003155)/;

/** Listens to all pages of a browser context. `refusals`: addresses whose error answers are part of the test. */
export function watchPages(context: BrowserContext, shopUrl: string, refusals: RegExp[]): PageWatch {
  const problems: string[] = [];
  const isExpected = (address: string): boolean => refusals.some((refusal) => refusal.test(address));

  context.on('console', (message) => {
    if (message.type() !== 'error' || isExpected(message.location().url)) return;
    problems.push(`console on ${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => problems.push(`script error: ${error.error().message}`));
  context.on('request', (request) => {
    if (request.url().startsWith(shopUrl) && carriesCard(request)) {
      problems.push(`card number sent to ${request.method()} ${request.url()}`);
    }
  });
  context.on('requestfailed', (request) => {
    // What a page calls off by itself, because somebody went elsewhere, has not failed.
    const reason = request.failure()?.errorText ?? '';
    if (reason === 'net::ERR_ABORTED' || isExpected(request.url())) return;
    problems.push(`${request.method()} ${request.url()}: ${reason}`);
  });
  context.on('response', (response: Response) => {
    if (response.status() < 400 || isExpected(response.url())) return;
    problems.push(`${response.request().method()} ${response.url()}: ${response.status()}`);
  });
  return { problems: () => problems };
}

function carriesCard(request: Request): boolean {
  const sent = [request.url(), request.postData() ?? '', ...Object.values(request.headers())].join(' ');
  return cardNumber.test(decodeLoosely(sent).replaceAll(/[\s+-]/g, ''));
}

function decodeLoosely(text: string): string {
  return text.replaceAll(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}
