import { listMails } from '../../src/db/mails.ts';
import { runMail } from '../../src/jobs/mail.ts';
import { parse, type Reply, type TestShop, until } from './shop.ts';

type Refusal = { error?: { code: string } };
export const password = 'correct horse battery';

let members = 0;

/** Somebody with a browser, which keeps the shop's cookies. */
export class Member {
  readonly #shop: TestShop;
  readonly email: string;
  cookies = new Map<string, string>();
  /** Everybody comes from an address of their own. */
  readonly #address: string;

  constructor(shop: TestShop, email: string) {
    this.#shop = shop;
    this.email = email;
    members += 1;
    this.#address = `198.51.${Math.floor(members / 250)}.${(members % 250) + 1}`;
  }

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<T & Refusal>> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(`${this.#shop.url}${path}`, {
      method,
      // Where it leads is what is looked at.
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
      headers: {
        origin: this.#shop.url,
        'x-forwarded-for': this.#address,
        ...(cookie !== '' && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const line of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/max-age=0/i.test(line)) this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    const text = await reply.text();
    return {
      status: reply.status,
      headers: reply.headers,
      body: (text === '' ? {} : parse(text)) as T & Refusal,
    };
  }

  async auth<T = Record<string, unknown>>(path: string, body?: unknown): Promise<Reply<T & Refusal>> {
    return await this.call<T>(body === undefined ? 'GET' : 'POST', `/api/auth${path}`, body);
  }

  async signUp(): Promise<void> {
    const reply = await this.auth('/sign-up/email', { email: this.email, password, name: 'Ada Lovelace' });
    if (reply.status !== 200) throw new Error(`sign-up: ${reply.status} ${JSON.stringify(reply.body)}`);
  }

  async signIn(secret = password): Promise<Reply<Refusal>> {
    return await this.auth('/sign-in/email', { email: this.email, password: secret });
  }

  /** The newest link that was mailed to this address. */
  async mailedLink(about: RegExp, to = this.email): Promise<URL> {
    const find = async () => {
      await runMail(this.#shop.app);
      return (await listMails(this.#shop.app.database.read, { orderId: undefined, limit: 100 })).find(
        (mail) => mail.recipient === to && about.test(mail.subject),
      );
    };
    const mail = await until(find, (found) => found !== undefined);
    return new URL(/\bhttp\S+/.exec(mail!.text)![0]);
  }

  async follow(link: URL): Promise<Reply<Refusal>> {
    return await this.call('GET', `${link.pathname}${link.search}`);
  }

  async join(): Promise<void> {
    await this.signUp();
    const reply = await this.follow(await this.mailedLink(/Confirm your e-mail/));
    if (reply.status !== 302) throw new Error(`verify: ${reply.status} ${JSON.stringify(reply.body)}`);
  }
}

/** Somebody whom the shop does not know yet. */
export function newStranger(shop: TestShop): Member {
  return new Member(shop, `person${members + 1}@example.com`);
}

/** Somebody with an account of their own, signed in to it. */
export async function newMember(shop: TestShop): Promise<Member> {
  const person = newStranger(shop);
  await person.join();
  return person;
}
