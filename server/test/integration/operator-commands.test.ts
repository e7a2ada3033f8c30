import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBreaks, paidOrder, refund } from '../support/operators.ts';
import {
  operatorToken,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';

/** Thin clients of the HTTP calls, which are tested on both databases. */
describe('the commands for operators', () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop('SQLite', { webhooks: false, jobs: 'manual' });
  });
  afterAll(() => shop.stop());

  const run = async (command: string, parameters: string[], token = operatorToken) => {
    const program = fileURLToPath(new URL(`../../../tools/operator/${command}.ts`, import.meta.url));
    const { PATH } = process.env;
    const env = { PATH, FRONTEND_URL: shop.url, ...(token !== '' && { OPERATOR_TOKEN: token }) };
    const child = spawn(process.execPath, [program, ...parameters], { env, cwd: tmpdir() });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data.toString();
      });
    const [code] = (await once(child, 'close')) as [number];
    return { code, output };
  };

  it('refund a part of an order by its number, once per key', async () => {
    const { placed } = await paidOrder(shop);
    const { number } = placed.order;
    const parameters = [number, '--amount', '500', '--reason', 'A handle broke.', '--key', 'k'.repeat(20)];
    for (let times = 0; times < 2; times += 1) {
      const { code, output } = await run('refund', parameters);
      expect(output).toMatch(/^\$5\.00 \(re_\w+\) refunded\.\nOrder .{9} is partially_refunded: \$5\.00 of /);
      expect(code).toBe(0);
    }
    expect((await readOrder(shop, placed)).refunds).toHaveLength(1);
    const tooMuch = await run('refund', [number, '--amount', '9999999', '--reason', 'x']);
    expect(tooMuch.output).toMatch(/^This is more than can still be refunded\. \(refund_too_large: /);
    expect(tooMuch.code).toBe(1);
  });

  it('cancel an order, and show it with its timeline', async () => {
    const { order: placed } = await order(shop);
    expect(await run('cancel', [placed.number, '--reason', 'Nobody answered'])).toEqual({
      code: 0,
      output: `Order ${placed.number} is canceled.\nThe shop cancelled the order: Nobody answered. Nothing was charged, and the items are no longer reserved.\n`,
    });
    const { code, output } = await run('order', [placed.id]);
    expect(code).toBe(0);
    expect(output).toMatch(
      new RegExp(`^Order ${placed.number} \\(${placed.id}\\) is canceled, its stock released\n`),
    );
    expect(output).toMatch(/\nTimeline\n(.*\n)*.*operator {2}order\.canceled /);
    expect(JSON.parse((await run('order', [placed.id, '--json'])).output).order.id).toBe(placed.id);
  });

  it('list events and replay one, list effects and give up a mail', async () => {
    const { placed, intent } = await paidOrder(shop);
    const listed = await run('events', ['--about', placed.order.number]);
    const found = /(evt_\w+) {2}payment_intent\.succeeded {2}done\n/.exec(listed.output);
    expect(listed.output).toContain(`order ${placed.order.number}, ${intent}: payment succeeded, order paid`);
    const replayed = await run('events', ['--replay', found![1]!]);
    expect(replayed).toEqual({ code: 0, output: `${found![1]}  It is dealt with once more next.\n` });
    const key = `mail.paid:${placed.order.id}`;
    expect((await run('effects', ['--order', placed.order.number])).output).toContain(`${key}  waiting\n`);
    const gone = await run('effects', ['--give-up', key, '--reason', 'Told by telephone.']);
    expect(gone.output).toContain('tried 0 times: given up by operator: Told by telephone.');
    expect((await run('effects', ['--retry', key])).output).toMatch(
      /^This is done already\. \(effect_done\)/,
    );
    await settleJobs(shop);
  });

  it('list breaks and close one', async () => {
    expect(await run('breaks', [])).toEqual({ code: 0, output: 'No open breaks.\n' });
    const { placed } = await paidOrder(shop);
    await fetch(`${shop.sandbox.url}/v1/refunds`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_owner' },
      body: new URLSearchParams({ payment_intent: (await readOrder(shop, placed)).payments[0]!.reference! }),
    });
    await refund(shop, placed);
    await settleJobs(shop);
    const [one] = await openBreaks(shop, placed);
    const list = await run('breaks', []);
    expect(list.output).toMatch(new RegExp(`^${one!.id} {2}refund_failed, \\$\\d+\\.\\d\\d\n`));
    const closed = await run('breaks', ['--close', one!.id, '--resolution', 'Refunded in the dashboard.']);
    expect(closed).toEqual({ code: 0, output: 'Closed by operator: Refunded in the dashboard.\n' });
    expect((await run('breaks', [])).output).toBe('No open breaks.\n');
  });

  it('record a transfer that was too much, and that the rest was sent back', async () => {
    const { order: placed } = await order(shop);
    const more = String(placed.total.amount + 300);
    for (let times = 0; times < 2; times += 1) {
      const parameters = [
        placed.number,
        '--amount',
        more,
        '--reference',
        'NTRF 77',
        '--received',
        '2026-11-26',
      ];
      const { code, output } = await run('transfer', parameters);
      expect(output).toMatch(/ is paid: \$\S+ received\.\n\$3\.00 has to go back\. /);
      expect(code).toBe(0);
    }
    await settleJobs(shop);
    const refundId = /npm run refund-done -- (\w+)/.exec(
      (await run('transfer', [placed.id, '--amount', more, '--reference', 'NTRF 77'])).output,
    )![1]!;
    const done = await run('refund-done', [refundId]);
    expect(done.output).toMatch(/^The refund of \$3\.00 is done\.\nOrder .{9} is paid: /);
    const back = await run('refund-done', [refundId, '--failed', '--reason', 'The account is closed.']);
    expect(back.output).toMatch(/^The refund of \$3\.00 did not arrive\.\n/);
    expect(await run('refund-done', [refundId])).toMatchObject({
      code: 1,
      output: expect.stringContaining('(refund_not_open)'),
    });
    const other = await run('transfer', [placed.id, '--amount', '1', '--reference', 'NTRF 77']);
    expect(other).toMatchObject({ code: 1, output: expect.stringContaining('(transfer_already_recorded)') });
  });

  const mistakes: [string, string, string[], string | undefined, RegExp, number][] = [
    ['no order', 'refund', ['--reason', 'x'], undefined, /^Say which order\./, 2],
    ['no reason', 'refund', ['ord_1'], undefined, /^Say why, with --reason\./, 2],
    [
      'an amount with a point',
      'refund',
      ['ord_1', '--reason', 'x', '--amount', '5.00'],
      undefined,
      /whole number/,
      2,
    ],
    ['an unknown option', 'cancel', ['ord_1', '--force'], undefined, /Try --help\./, 2],
    ['two orders', 'cancel', ['ord_1', 'ord_2'], undefined, /"ord_2" is one name too many/, 2],
    ['a resolution of nothing', 'breaks', ['--resolution', 'x'], undefined, /go together/, 2],
    [
      'an unknown order',
      'order',
      ['ord_none'],
      undefined,
      /^We cannot find this order\. \(order_not_found\)/,
      1,
    ],
    ['a wrong token', 'breaks', [], 'x'.repeat(40), /does not take the token from OPERATOR_TOKEN/, 1],
    ['no token', 'breaks', [], '', /set OPERATOR_TOKEN, or start the shop once/, 2],
    ['no shop', 'breaks', ['--shop', 'http://127.0.0.1:9'], undefined, /^Nothing answers at /, 1],
  ];

  it('say in one sentence what is wrong', async () => {
    const check = async ([title, command, parameters, token, message, code]: (typeof mistakes)[number]) => {
      const result = await run(command, parameters, token);
      expect(result.output, title).toMatch(message);
      expect(result.code, title).toBe(code);
    };
    await Promise.all(mistakes.map(check));
  });

  it('explain themselves', async () => {
    for (const command of [
      'refund',
      'cancel',
      'breaks',
      'order',
      'transfer',
      'refund-done',
      'events',
      'effects',
    ])
      expect(await run(command, ['--help'])).toMatchObject({
        code: 0,
        output: expect.stringMatching(new RegExp(`^Usage: npm run ${command} `)),
      });
  });
});
