import type { OrderMail } from '@paydesk/contract/admin/desk';
import { Button } from '../../parts/button.tsx';
import { useShopConfig } from '../../shop-config.ts';
import { Ago } from '../parts/ago.tsx';
import { Card } from '../parts/card.tsx';
import { mailText } from '../parts/effect-text.ts';
import { Pill, type Tone } from '../parts/pill.tsx';
import { useDesk } from './desk-context.ts';

const shown: Record<OrderMail['state'], { tone: Tone; word: string }> = {
  waiting: { tone: 'info', word: 'Waiting' },
  sent: { tone: 'success', word: 'Sent' },
  gave_up: { tone: 'danger', word: 'Gave up' },
  unneeded: { tone: 'neutral', word: 'Not needed' },
};

/** Every e-mail about the order and how far it is, the newest first. */
export function MailsCard() {
  const { mails } = useDesk().desk;
  return (
    <Card title="E-mails">
      {mails.length === 0 && <p className="text-muted">None is due.</p>}
      <ul className="divide-y divide-border">
        {mails.toReversed().map((mail) => (
          <li key={mail.id} className="py-2.5 first:pt-0 last:pb-0">
            <OneMail mail={mail} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OneMail({ mail }: { mail: OrderMail }) {
  const { mayManage, ask } = useDesk();
  const { tone, word } = shown[mail.state];
  const mayResend = mail.resentBy === null && (mail.state === 'sent' || mail.state === 'gave_up');
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <MailLink mail={mail} />
          <Pill tone={tone}>{word}</Pill>
        </p>
        <p className="wrap-anywhere text-muted">
          {mail.to ?? 'nobody'}, <Ago at={mail.at ?? mail.dueAt} />
          {mail.resentBy !== null && `, sent again by ${mail.resentBy}`}
        </p>
        {mail.problem && (
          <p className={`wrap-anywhere ${mail.state === 'unneeded' ? 'text-muted' : 'text-danger'}`}>
            {mail.problem}
          </p>
        )}
      </div>
      {mayManage && mayResend && (
        <Button
          size="small"
          variant="secondary"
          className="max-lg:min-h-11"
          aria-label={`Send again: ${mailText(mail.kind)}`}
          onClick={() => ask({ about: 'resend', mail })}
        >
          Send again
        </Button>
      )}
    </div>
  );
}

/** Where the shop keeps its mail itself, it can be read. */
function MailLink({ mail }: { mail: OrderMail }) {
  const { mailbox } = useShopConfig();
  if (!mailbox || mail.state !== 'sent') return <span className="font-medium">{mailText(mail.kind)}</span>;
  return (
    <a
      href={`/mailbox/${encodeURIComponent(mail.id)}`}
      target="_blank"
      rel="noopener"
      className="font-medium text-accent underline underline-offset-4"
    >
      {mailText(mail.kind)}
      <span className="sr-only"> (new tab)</span>
    </a>
  );
}
