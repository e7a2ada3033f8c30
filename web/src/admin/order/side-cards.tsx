import { formatMoney } from '@paydesk/contract/money';
import { AddressLines } from '../../order/address-lines.tsx';
import { methodText } from '../../order/method-text.ts';
import { decisivePayment } from '../../order/order-state.ts';
import { LocalTime } from '../../parts/local-time.tsx';
import { Ago } from '../parts/ago.tsx';
import { Amount } from '../parts/amount.tsx';
import { Card, Facts } from '../parts/card.tsx';
import { Pill } from '../parts/pill.tsx';
import { checksText } from './checks-text.ts';
import { useDesk } from './desk-context.ts';
import { flowText } from './flow-text.ts';

/** Who ordered, and where it goes. */
export function CustomerCard() {
  const { order, person } = useDesk().desk;
  const { email, phone } = order.contact;
  return (
    <Card title="Customer">
      <AddressLines order={order} />
      <div className="mt-3">
        <Facts
          facts={[
            [
              'E-mail',
              <a key="mail" href={`mailto:${email}`} className="break-all text-accent underline">
                {email}
              </a>,
            ],
            ['Telephone', phone && <a href={`tel:${phone}`}>{phone}</a>],
            ['Account', person ? accountText(person) : 'none, a guest'],
          ]}
        />
      </div>
    </Card>
  );
}

function accountText({ name, emailVerified }: { name: string; emailVerified: boolean }): string {
  return emailVerified ? name : `${name} (address not confirmed)`;
}

const holds = { held: 'set aside', sold: 'sold', released: 'back on the shelf' };

/** Where the money of the order is, and its stock. */
export function MoneyCard() {
  const { desk } = useDesk();
  const { order, payments, hold } = desk;
  const payment = decisivePayment(order);
  const facts = payments.find(({ id }) => id === payment?.id);
  const sums = sumsOf(payments);
  return (
    <Card title="Payment">
      <Facts
        facts={[
          ['Total', shown(order.total)],
          ['Received', shown(order.received)],
          ['Refunded', order.refunded.amount > 0 ? shown(negative(order.refunded)) : null],
          ['Still due', order.due.amount > 0 && order.payable ? shown(order.due) : null],
          ['Fees', sums && shown(negative(sums.fees))],
          ['Net', sums && shown(sums.net)],
          ['Method', payment ? (methodText(payment) ?? flowText[payment.flow]) : 'not chosen yet'],
          ['Checks', facts?.checks ? checksText(facts.checks) : null],
          [
            'Stock',
            <span key="stock">
              {holds[hold]}
              {order.expiresAt && (
                <>
                  , ends <Ago at={order.expiresAt} />
                </>
              )}
            </span>,
          ],
          ['Code', order.discountCode],
        ]}
      />
      {order.received.amount > 0 && !sums && !payments.every(({ byHand }) => byHand) && (
        <p className="mt-2 text-muted">Fees are known once Stripe has listed the payment.</p>
      )}
    </Card>
  );
}

/** Never across currencies: where Stripe converts, each payment says its own. */
function sumsOf(payments: ReturnType<typeof useDesk>['desk']['payments']) {
  const listed = payments.filter(({ fees }) => fees !== null);
  const currencies = new Set(listed.map(({ fees }) => fees!.currency));
  const [currency] = currencies;
  if (currency === undefined || currencies.size > 1) return null;
  const sum = (name: 'fees' | 'net') => listed.reduce((total, each) => total + each[name]!.amount, 0);
  return { fees: { amount: sum('fees'), currency }, net: { amount: sum('net'), currency } };
}

function shown(money: { amount: number; currency: string }) {
  return <Amount money={money} />;
}

function negative<M extends { amount: number }>(money: M): M {
  return { ...money, amount: -money.amount };
}

/** How the parcel can be followed; nothing while there is none. */
export function ParcelCard() {
  const { order } = useDesk().desk;
  const parcel = order.fulfilments.at(-1);
  if (!parcel) return null;
  return (
    <Card title="Parcel">
      <Facts
        facts={[
          ['Sent', <Ago key="at" at={parcel.shippedAt} />],
          ['Carrier', parcel.carrier ?? 'not known'],
          ['Number', parcel.trackingNumber],
          [
            'Tracking',
            parcel.trackingUrl && (
              <a
                href={parcel.trackingUrl}
                target="_blank"
                rel="noopener"
                className="break-all text-accent underline"
              >
                {new URL(parcel.trackingUrl).host}
                <span className="sr-only"> (new tab)</span>
              </a>
            ),
          ],
        ]}
      />
    </Card>
  );
}

/** What banks ask about; nothing where none does. */
export function DisputesCard() {
  const { order } = useDesk().desk;
  if (order.disputes.length === 0) return null;
  return (
    <Card title={order.disputes.length > 1 ? 'Disputes' : 'Dispute'}>
      <ul className="divide-y divide-border">
        {order.disputes.toReversed().map((dispute) => (
          <li key={dispute.id} className="py-3 first:pt-0 last:pb-0">
            <p className="mb-2 flex flex-wrap items-center gap-2">
              <Pill tone={dispute.closedAt === null ? 'danger' : 'neutral'}>
                {dispute.status.replaceAll('_', ' ')}
              </Pill>
              <span className="ml-auto font-medium tabular-nums">{formatMoney(dispute.amount)}</span>
            </p>
            <Facts
              facts={[
                ['Reason', dispute.reason.replaceAll('_', ' ')],
                ['Money', fundsText[dispute.funds]],
                ['Answer by', dispute.closedAt === null && due(dispute.evidenceDueAt)],
                ['Opened', <Ago key="opened" at={dispute.openedAt} />],
                ['Decided', dispute.closedAt && <Ago at={dispute.closedAt} />],
              ]}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function due(at: string | null) {
  return at && <LocalTime at={at} as="moment" />;
}

const fundsText = { none: 'not moved', withdrawn: 'taken by the bank', reinstated: 'given back to us' };

/** Invoices and credit notes, to open. */
export function DocumentsCard() {
  const { documents, order } = useDesk().desk;
  if (documents.length === 0) return null;
  return (
    <Card title="Documents">
      <ul>
        {documents.map(({ kind, number, url, refundId }) => {
          const refund = order.refunds.find(({ id }) => id === refundId);
          return (
            <li key={url}>
              <a
                href={url}
                className="inline-flex min-h-11 items-center text-accent underline underline-offset-4 lg:min-h-8"
              >
                {kind === 'invoice'
                  ? 'Invoice'
                  : `Credit note of ${refund ? formatMoney(refund.amount) : ''}`}
                {number && ` ${number}`} (PDF)
              </a>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
