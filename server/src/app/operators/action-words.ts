/** What each call of the operators does, in words, for those who read the log. */
const words: Record<string, string> = {
  'POST /api/admin/orders/:id/refunds': 'Refund an order',
  'POST /api/admin/orders/:id/cancel': 'Cancel an order',
  'POST /api/admin/orders/:id/check': 'Check an order with the provider',
  'POST /api/admin/orders/:id/transfers': 'Record a bank transfer',
  'POST /api/admin/refunds/:id/complete': 'Say that a refund was sent',
  'POST /api/admin/refunds/:id/fail': 'Say that a refund failed',
  'POST /api/admin/breaks/:id/close': 'Close a break',
  'POST /api/admin/events/:id/replay': 'Replay an event',
  'POST /api/admin/events/:id/give-up': 'Give up an event',
  'POST /api/admin/effects/:key/retry': 'Retry an effect',
  'POST /api/admin/effects/:key/give-up': 'Give up an effect',
  'POST /api/admin/ledger/compare': 'Compare the balance with the provider’s',
  'POST /api/admin/approvals/:id/approve': 'Agree to a refund',
  'POST /api/admin/approvals/:id/reject': 'Refuse to agree to a refund',
};

/** A call that is not in the list is told by what it is about: `POST /api/admin/orders/:id/notes` is "Orders: notes". */
export function wordsFor(action: string): string {
  const known = words[action];
  if (known !== undefined) return known;
  const [method = '', path = ''] = action.split(' ');
  const parts = path
    .split('/')
    .filter((part) => part !== '' && part !== 'api' && part !== 'admin' && !part.startsWith(':'))
    .map((part) => part.replaceAll('-', ' '));
  const [noun = 'something', ...rest] = parts;
  const verb = rest.join(', ') || (method === 'DELETE' ? 'remove' : 'change');
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${verb}`;
}
