import type { Logger } from 'pino';
import { loadPages } from '../../web/serve.ts';
import { openAccounts } from './accounts/accounts.ts';
import { joinOrders } from './app/join-orders.ts';
import { keepMail } from './app/keep-mail.ts';
import { LiveOrders } from './app/live-orders.ts';
import { ownerLink } from './app/operators/owner-link.ts';
import type { App, Clock } from './app/ports.ts';
import { spendCode } from './app/spend-code.ts';
import { tellPerson } from './app/tell-person.ts';
import { failureLab, healthDesk } from './compose-back-office.ts';
import { openDatabase } from './db/dialect.ts';
import { migrate } from './db/migrate.ts';
import { settingOrElse } from './db/settings.ts';
import { pdfDocuments } from './documents/pdf.ts';
import type { AccountNotice } from './domain/person.ts';
import type { Env } from './env.ts';
import { keepOperatorToken, operatorTokenFile } from './http/operator-token.ts';
import { mountPages } from './http/pages.ts';
import { makeServer } from './http/server.ts';
import type { Server } from './http/types.ts';
import { randomIds } from './identity.ts';
import { runBooks } from './jobs/books.ts';
import { paymentChecks } from './jobs/check-payments.ts';
import { runFigures } from './jobs/figures.ts';
import { runInbox } from './jobs/inbox.ts';
import { startLoop } from './jobs/loop.ts';
import { runMail } from './jobs/mail.ts';
import { runOutbox } from './jobs/outbox.ts';
import { runPoll } from './jobs/poll.ts';
import { runReconcile } from './jobs/reconcile.ts';
import { composeMail } from './mail/compose-mail.ts';
import { composeNotice } from './mail/compose-notice.ts';
import { mailbox } from './mail/mailbox.ts';
import { mailboxPages } from './mail/mailbox-pages.ts';
import { smtpMailer } from './mail/smtp.ts';
import { preparePicture } from './pictures/prepare-picture.ts';
import { bankTransferProvider } from './providers/bank-transfer/provider.ts';
import { stripeProvider } from './providers/stripe/provider.ts';
import { dashboardBase, openShop } from './shop.ts';

export type Log = Logger<string, boolean>;

/** Ends one part; the parts are stopped in the reverse order of their start. */
export type Stop = () => Promise<unknown>;

/** How long a job that found nothing to do rests, in milliseconds. The inbox is also woken when an event comes. */
const inboxRest = 500;
const outboxRest = 1_000;
const mailRest = 1_000;
/** What is due less often than it is looked whether it is; looking costs one small read. */
const pollRest = 5_000;
const checksRest = 1_000;
const reconcileRest = 60_000;
const settingsRest = 2_000;
const figuresRest = 1_000;

/** Opens the database, brings it to this version and puts the parts of the shop together. Nothing runs yet. */
export async function composeApp(env: Env, log: Log, clock: Clock): Promise<App> {
  const database = openDatabase(env.databaseUrl, {
    poolSize: env.databasePool,
    onBackgroundError: (error) => log.warn({ err: error }, 'a database connection broke and is made again'),
  });
  const kind = await database.assertDurable();
  const migrated = await migrate(database, clock.now());
  log.info({ database: kind, migrated }, 'database ready');
  const keeper = await openShop(env, database);
  const { shop } = keeper;
  const providers = [
    stripeProvider({ ...env.stripe, dashboardBase: dashboardBase(env) }),
    bankTransferProvider({ account: () => shop.transferAccount, live: env.stripe.live }),
  ];
  const mailer = env.mail.smtpUrl
    ? smtpMailer({ url: env.mail.smtpUrl, from: env.mail.from, host: new URL(env.frontendUrl).hostname })
    : mailbox((mail) => keepMail(database, mail, clock.now()));
  const noticeOf = (notice: AccountNotice) =>
    composeNotice(notice, { name: shop.name, url: shop.frontendUrl, seller: shop.seller });
  return {
    database,
    clock,
    ids: randomIds,
    log,
    providers: new Map(providers.map((provider) => [provider.name, provider])),
    live: new LiveOrders(database),
    shop,
    keeper,
    limits: env.limits,
    documents: pdfDocuments,
    mailer,
    composeMail,
    composeNotice: noticeOf,
    preparePicture,
    accounts: openAccounts({
      database,
      secret: await settingOrElse(database, 'auth_secret', () => randomIds.secret()),
      url: env.frontendUrl,
      shopName: shop.name,
      tell: async (notice) => await tellPerson({ database, clock, ids: randomIds }, notice, noticeOf(notice)),
      spendCode: async (personId, code) => await spendCode({ database, clock }, personId, code),
      onVerified: async (person) => await joinOrders({ database, log }, person),
      log,
    }),
    linkSecret: await settingOrElse(database, 'link_secret', () => randomIds.secret()),
    instanceId: await settingOrElse(database, 'instance_id', () => randomIds.next('ins')),
    wakeInbox: () => {},
  };
}

/** The background jobs. Any number of processes may run them. */
export function startJobs(app: App): Stop {
  const inbox = startLoop({ name: 'inbox', idle: inboxRest, runOnce: () => runInbox(app) }, app.log);
  const outbox = startLoop({ name: 'outbox', idle: outboxRest, runOnce: () => runOutbox(app) }, app.log);
  const mail = startLoop({ name: 'mail', idle: mailRest, runOnce: () => runMail(app) }, app.log);
  const poll = startLoop({ name: 'poll', idle: pollRest, runOnce: () => runPoll(app) }, app.log);
  const checks = startLoop({ name: 'checks', idle: checksRest, runOnce: paymentChecks(app) }, app.log);
  const books = startLoop({ name: 'books', idle: pollRest, runOnce: () => runBooks(app) }, app.log);
  const figures = startLoop({ name: 'figures', idle: figuresRest, runOnce: () => runFigures(app) }, app.log);
  const daily = { name: 'reconcile', idle: reconcileRest, runOnce: () => runReconcile(app) };
  const reconcile = startLoop(daily, app.log);
  app.wakeInbox = () => inbox.wake();
  const loops = [inbox, outbox, mail, poll, checks, books, reconcile, figures];
  return async () => await Promise.all(loops.map((loop) => loop.stop()));
}

/** Takes over what is set in the back office, in every process within two seconds. */
export function followSettings({ keeper, log }: App, loopLog: Log): Stop {
  const runOnce = async () => {
    if (await keeper.refresh()) log.info({}, 'the shop’s settings were changed');
    return 0;
  };
  return startLoop({ name: 'settings', idle: settingsRest, runOnce }, loopLog).stop;
}

/** Pages, API and webhooks. Rejects with the system's error when the port is taken. */
export async function startServer(app: App, env: Env, log: Log): Promise<{ server: Server; stop: Stop }> {
  const { config } = app.keeper;
  const server = await makeServer(app, {
    logger: log,
    trustProxy: env.trustProxy,
    ...(config.mailbox && { mailbox: mailboxPages }),
    operatorToken: await operatorToken(app, env),
    backOffice: { health: healthDesk(app, env), lab: failureLab(app, env) },
    ...env.limits,
  });
  await app.accounts.ready();
  const pages = await loadPages();
  if (pages) await mountPages(server, app, pages, config);
  else log.warn('the pages are not built: only the API is served');
  if (env.mail.smtpUrl === null && !config.mailbox)
    log.warn('SMTP_URL is not set: e-mails are kept in the database and reach nobody');
  const link = env.stripe.apiBase === null ? await ownerLink(app) : null;
  if (link !== null) log.warn({ link }, 'the shop has no owner: whoever opens the link first becomes it');
  if (app.shop.countries.size === 0) log.warn('the shop is empty: run npm run seed');
  await server.listen({ host: env.host, port: env.port });
  return { server, stop: () => server.close() };
}

/** The one that was set; on the sandbox else one of its own, because nothing there is worth stealing. */
async function operatorToken(app: App, env: Env): Promise<string | null> {
  if (env.operatorToken !== null || env.stripe.apiBase === null) return env.operatorToken;
  return await keepOperatorToken(operatorTokenFile(env.databaseUrl), () => app.ids.secret());
}
